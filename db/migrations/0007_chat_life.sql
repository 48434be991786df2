CREATE TABLE "chat_invite" (
	"id" uuid PRIMARY KEY NOT NULL,
	"conversation_id" uuid NOT NULL,
	"token_hash" text NOT NULL,
	"created_by" uuid NOT NULL,
	"asks" boolean DEFAULT false NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"expires_at" timestamp (3) with time zone,
	"revoked_at" timestamp (3) with time zone,
	CONSTRAINT "chat_invite_token_hash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "chat_join_request" (
	"conversation_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"invite_id" uuid,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "chat_join_request_conversation_id_account_id_pk" PRIMARY KEY("conversation_id","account_id")
);
--> statement-breakpoint
CREATE TABLE "chat_report" (
	"id" uuid PRIMARY KEY NOT NULL,
	"reporter_id" uuid NOT NULL,
	"about_id" uuid,
	"conversation_id" uuid,
	"message_id" uuid,
	"reason" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"excerpt" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft" (
	"account_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"text" text NOT NULL,
	"reply_to" uuid,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "draft_account_id_conversation_id_pk" PRIMARY KEY("account_id","conversation_id")
);
--> statement-breakpoint
CREATE TABLE "link_preview" (
	"key" text PRIMARY KEY NOT NULL,
	"preview" jsonb,
	"fetched_at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "message_mark" (
	"account_id" uuid NOT NULL,
	"message_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"starred_at" timestamp (3) with time zone,
	"hidden_at" timestamp (3) with time zone,
	CONSTRAINT "message_mark_account_id_message_id_pk" PRIMARY KEY("account_id","message_id")
);
--> statement-breakpoint
CREATE TABLE "scheduled_message" (
	"id" uuid PRIMARY KEY NOT NULL,
	"account_id" uuid NOT NULL,
	"conversation_id" uuid NOT NULL,
	"text" text NOT NULL,
	"attachments" jsonb DEFAULT '[]'::jsonb NOT NULL,
	"reply_to" uuid,
	"send_at" timestamp (3) with time zone NOT NULL,
	"failed" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "shows_presence" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "last_seen_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "file_quota" bigint;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "duration_ms" integer;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "waveform" jsonb;--> statement-breakpoint
ALTER TABLE "upload" ADD COLUMN "duration_ms" integer;--> statement-breakpoint
ALTER TABLE "upload" ADD COLUMN "waveform" jsonb;--> statement-breakpoint
ALTER TABLE "upload" ADD COLUMN "placeholder" text;--> statement-breakpoint
ALTER TABLE "conversation" ADD COLUMN "picture_id" uuid;--> statement-breakpoint
ALTER TABLE "message" ADD COLUMN "pinned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "chat_invite" ADD CONSTRAINT "chat_invite_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_invite" ADD CONSTRAINT "chat_invite_created_by_account_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_join_request" ADD CONSTRAINT "chat_join_request_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_join_request" ADD CONSTRAINT "chat_join_request_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_join_request" ADD CONSTRAINT "chat_join_request_invite_id_chat_invite_id_fk" FOREIGN KEY ("invite_id") REFERENCES "public"."chat_invite"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_report" ADD CONSTRAINT "chat_report_reporter_id_account_id_fk" FOREIGN KEY ("reporter_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_report" ADD CONSTRAINT "chat_report_about_id_account_id_fk" FOREIGN KEY ("about_id") REFERENCES "public"."account"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chat_report" ADD CONSTRAINT "chat_report_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft" ADD CONSTRAINT "draft_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_mark" ADD CONSTRAINT "message_mark_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_mark" ADD CONSTRAINT "message_mark_message_id_message_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."message"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "message_mark" ADD CONSTRAINT "message_mark_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_message" ADD CONSTRAINT "scheduled_message_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scheduled_message" ADD CONSTRAINT "scheduled_message_conversation_id_conversation_id_fk" FOREIGN KEY ("conversation_id") REFERENCES "public"."conversation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "chat_invite_conversation_idx" ON "chat_invite" USING btree ("conversation_id");--> statement-breakpoint
CREATE INDEX "chat_report_created_idx" ON "chat_report" USING btree ("created_at");--> statement-breakpoint
CREATE INDEX "message_mark_conversation_idx" ON "message_mark" USING btree ("account_id","conversation_id");--> statement-breakpoint
CREATE INDEX "message_mark_starred_idx" ON "message_mark" USING btree ("account_id","starred_at") WHERE "message_mark"."starred_at" is not null;--> statement-breakpoint
CREATE INDEX "scheduled_message_due_idx" ON "scheduled_message" USING btree ("send_at") WHERE "scheduled_message"."failed" is null;--> statement-breakpoint
CREATE INDEX "scheduled_message_account_idx" ON "scheduled_message" USING btree ("account_id","conversation_id");--> statement-breakpoint
CREATE INDEX "file_org_idx" ON "file" USING btree ("org_id");--> statement-breakpoint
CREATE INDEX "file_conversation_idx" ON "file" USING btree ("conversation_id","id") WHERE "file"."message_id" is not null;--> statement-breakpoint
CREATE INDEX "message_pinned_idx" ON "message" USING btree ("conversation_id") WHERE "message"."pinned_at" is not null;--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS unaccent;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gin;
--> statement-breakpoint
-- Words as they are looked for: without case and accents. Immutable, so that an index can stand on it.
CREATE FUNCTION search_fold(given text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
  AS $$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, given)) $$;
--> statement-breakpoint
CREATE INDEX "message_search_idx" ON "message" USING gin ("conversation_id", to_tsvector('simple', search_fold("text")))
  WHERE "text" <> '';
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['chat_invite', 'chat_join_request', 'chat_report', 'message_mark', 'draft', 'scheduled_message', 'link_preview']
  LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO guazu_system USING (true) WITH CHECK (true)', t);
  END LOOP;
  -- What somebody keeps for themselves is nobody else's.
  FOREACH t IN ARRAY ARRAY['message_mark', 'draft', 'scheduled_message']
  LOOP
    EXECUTE format('CREATE POLICY own ON %I TO guazu_app USING (account_id = app_account()) WITH CHECK (account_id = app_account())', t);
  END LOOP;
END $$;
--> statement-breakpoint
CREATE POLICY taking_part ON "chat_invite" TO guazu_app
  USING (takes_part(conversation_id)) WITH CHECK (takes_part(conversation_id));
--> statement-breakpoint
CREATE POLICY visible ON "chat_join_request" TO guazu_app
  USING (account_id = app_account() OR takes_part(conversation_id))
  WITH CHECK (account_id = app_account() OR takes_part(conversation_id));
