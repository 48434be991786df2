CREATE TABLE "organisation_files" (
	"org_id" uuid PRIMARY KEY NOT NULL,
	"bytes" bigint NOT NULL
);
--> statement-breakpoint
DROP INDEX "file_org_size_idx";--> statement-breakpoint
ALTER TABLE "organisation_files" ADD CONSTRAINT "organisation_files_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_org_idx" ON "file" USING btree ("org_id");
--> statement-breakpoint
ALTER TABLE "organisation_files" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "organisation_files" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON "organisation_files" TO guazu_system USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY own_organisation ON "organisation_files" TO guazu_app USING (org_id = app_org()) WITH CHECK (org_id = app_org());
--> statement-breakpoint
-- Whoever adds bytes holds the organisation's row until the end, and sees what the one before left.
CREATE FUNCTION add_file_bytes(org uuid, added bigint) RETURNS void LANGUAGE sql AS $$
  INSERT INTO organisation_files (org_id, bytes) SELECT org, added WHERE org IS NOT NULL
  ON CONFLICT (org_id) DO UPDATE SET bytes = organisation_files.bytes + excluded.bytes;
$$;
--> statement-breakpoint
-- An organisation that is being deleted has no row to take from.
CREATE FUNCTION take_file_bytes(org uuid, taken bigint) RETURNS void LANGUAGE sql AS $$
  UPDATE organisation_files SET bytes = bytes - taken WHERE org_id = org;
$$;
--> statement-breakpoint
CREATE FUNCTION count_file_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM take_file_bytes(OLD.org_id, OLD.size); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM add_file_bytes(NEW.org_id, NEW.size); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE FUNCTION count_upload_bytes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN PERFORM take_file_bytes(OLD.org_id, coalesce(OLD.size, OLD.received)); END IF;
  IF TG_OP <> 'DELETE' THEN PERFORM add_file_bytes(NEW.org_id, coalesce(NEW.size, NEW.received)); END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER file_bytes_made AFTER INSERT OR DELETE ON "file" FOR EACH ROW EXECUTE FUNCTION count_file_bytes();
--> statement-breakpoint
CREATE TRIGGER file_bytes_changed AFTER UPDATE ON "file" FOR EACH ROW
  WHEN (OLD.org_id IS DISTINCT FROM NEW.org_id OR OLD.size <> NEW.size) EXECUTE FUNCTION count_file_bytes();
--> statement-breakpoint
CREATE TRIGGER upload_bytes_made AFTER INSERT OR DELETE ON "upload" FOR EACH ROW EXECUTE FUNCTION count_upload_bytes();
--> statement-breakpoint
CREATE TRIGGER upload_bytes_changed AFTER UPDATE ON "upload" FOR EACH ROW
  WHEN (OLD.org_id IS DISTINCT FROM NEW.org_id OR coalesce(OLD.size, OLD.received) <> coalesce(NEW.size, NEW.received))
  EXECUTE FUNCTION count_upload_bytes();
--> statement-breakpoint
-- The triggers let nobody write beside this until the migration is committed.
INSERT INTO organisation_files (org_id, bytes)
  SELECT org_id, sum(bytes) FROM (
    SELECT org_id, size AS bytes FROM "file" UNION ALL SELECT org_id, coalesce(size, received) FROM "upload"
  ) known WHERE org_id IS NOT NULL GROUP BY org_id;
