CREATE TABLE "message_edit" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid,
	"conversation_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"text" text NOT NULL,
	"attachments" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"by_kind" text NOT NULL,
	"by_id" uuid NOT NULL,
	"by_name" text NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "reactions" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "message_edit" ADD CONSTRAINT "message_edit_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "message_edit_message_idx" ON "message_edit" USING btree ("message_id","id");--> statement-breakpoint
ALTER TABLE "message_edit" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "message_edit" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON "message_edit" TO guazu_system USING (true) WITH CHECK (true);
--> statement-breakpoint
-- What a message said before is for the organisation alone; in chats without one, for who takes part.
CREATE POLICY visible ON "message_edit" TO guazu_app
  USING (org_id = app_org() OR (org_id IS NULL AND takes_part(conversation_id)))
  WITH CHECK (org_id = app_org() OR (org_id IS NULL AND takes_part(conversation_id)));
--> statement-breakpoint
REVOKE UPDATE, DELETE ON "message_edit" FROM guazu_app;
