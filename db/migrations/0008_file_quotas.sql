DROP INDEX "file_org_idx";--> statement-breakpoint
CREATE INDEX "file_org_size_idx" ON "file" USING btree ("org_id","size");--> statement-breakpoint
CREATE INDEX "upload_org_idx" ON "upload" USING btree ("org_id");