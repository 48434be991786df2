CREATE TABLE "file" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid,
	"conversation_id" uuid,
	"account_id" uuid,
	"guest_id" uuid,
	"message_id" uuid,
	"sha256" text NOT NULL,
	"size" bigint NOT NULL,
	"kind" text NOT NULL,
	"mime" text NOT NULL,
	"name" text NOT NULL,
	"state" text DEFAULT 'ready' NOT NULL,
	"reason" text,
	"width" integer,
	"height" integer,
	"thumbnail_at" timestamp (3) with time zone,
	"placeholder" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "upload" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid,
	"conversation_id" uuid,
	"account_id" uuid,
	"guest_id" uuid,
	"name" text NOT NULL,
	"declared_type" text,
	"voice" boolean DEFAULT false NOT NULL,
	"size" bigint,
	"received" bigint DEFAULT 0 NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "upload_received_fits" CHECK ("upload"."received" >= 0 and ("upload"."size" is null or "upload"."received" <= "upload"."size"))
);
--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_guest_id_guest_session_id_fk" FOREIGN KEY ("guest_id") REFERENCES "public"."guest_session"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_guest_id_guest_session_id_fk" FOREIGN KEY ("guest_id") REFERENCES "public"."guest_session"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_message_idx" ON "file" USING btree ("message_id");--> statement-breakpoint
CREATE INDEX "file_unsent_idx" ON "file" USING btree ("created_at") WHERE "file"."message_id" is null;--> statement-breakpoint
CREATE INDEX "file_lost_idx" ON "file" USING btree ("id") WHERE "file"."conversation_id" is null;--> statement-breakpoint
CREATE INDEX "upload_expires_idx" ON "upload" USING btree ("expires_at");--> statement-breakpoint
CREATE INDEX "upload_account_idx" ON "upload" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "upload_guest_idx" ON "upload" USING btree ("guest_id");
--> statement-breakpoint
ALTER TABLE "upload" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "upload" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON "upload" TO guazu_system USING (true) WITH CHECK (true);
--> statement-breakpoint
-- What is on its way in is its sender's; where an organisation has the conversation, that organisation's.
CREATE POLICY visible ON "upload" TO guazu_app
  USING (org_id = app_org() OR (org_id IS NULL AND account_id = app_account()))
  WITH CHECK (org_id = app_org() OR (org_id IS NULL AND account_id = app_account() AND takes_part(conversation_id)));
--> statement-breakpoint
ALTER TABLE "file" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "file" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON "file" TO guazu_system USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE POLICY visible ON "file" TO guazu_app
  USING (org_id = app_org() OR (org_id IS NULL AND takes_part(conversation_id)))
  WITH CHECK (org_id = app_org() OR (org_id IS NULL AND takes_part(conversation_id)));
