CREATE TABLE "webhook" (
	"id" uuid PRIMARY KEY NOT NULL,
	"org_id" uuid NOT NULL,
	"member_id" uuid NOT NULL,
	"url" text NOT NULL,
	"events" text[] NOT NULL,
	"notes" boolean DEFAULT false NOT NULL,
	"sealed_secret" "bytea" NOT NULL,
	"sealed_former" "bytea",
	"former_until" timestamp (3) with time zone,
	"cursor" text NOT NULL,
	"failing_since" timestamp (3) with time zone,
	"disabled_at" timestamp (3) with time zone,
	"disabled_by" text,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "webhook_org_id_key" UNIQUE("org_id","id")
);
--> statement-breakpoint
CREATE TABLE "webhook_delivery" (
	"id" uuid PRIMARY KEY NOT NULL,
	"place" bigserial NOT NULL,
	"org_id" uuid NOT NULL,
	"webhook_id" uuid NOT NULL,
	"event" text NOT NULL,
	"ticket_id" uuid,
	"line" uuid NOT NULL,
	"rev" integer,
	"state" text DEFAULT 'waiting' NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"next_at" timestamp (3) with time zone NOT NULL,
	"leased_until" timestamp (3) with time zone,
	"status" integer,
	"error" text,
	"at" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	"done_at" timestamp (3) with time zone
);
--> statement-breakpoint
ALTER TABLE "member" ADD COLUMN "notice_choice" jsonb;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "notice_choice" jsonb;--> statement-breakpoint
ALTER TABLE "organisation" ADD COLUMN "widget_sites" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_org_id_organisation_id_fk" FOREIGN KEY ("org_id") REFERENCES "public"."organisation"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook" ADD CONSTRAINT "webhook_org_id_member_id_member_org_id_id_fk" FOREIGN KEY ("org_id","member_id") REFERENCES "public"."member"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_org_id_webhook_id_webhook_org_id_id_fk" FOREIGN KEY ("org_id","webhook_id") REFERENCES "public"."webhook"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "webhook_delivery" ADD CONSTRAINT "webhook_delivery_org_id_ticket_id_ticket_org_id_id_fk" FOREIGN KEY ("org_id","ticket_id") REFERENCES "public"."ticket"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "webhook_delivery_line_idx" ON "webhook_delivery" USING btree ("webhook_id","line","place") WHERE "webhook_delivery"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_delivery_due_idx" ON "webhook_delivery" USING btree ("next_at") WHERE "webhook_delivery"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "webhook_delivery_log_idx" ON "webhook_delivery" USING btree ("webhook_id","place");--> statement-breakpoint
CREATE INDEX "webhook_delivery_ticket_idx" ON "webhook_delivery" USING btree ("ticket_id");--> statement-breakpoint
CREATE INDEX "webhook_delivery_done_idx" ON "webhook_delivery" USING btree ("done_at") WHERE "webhook_delivery"."state" <> 'waiting';
--> statement-breakpoint
DO $$
DECLARE t text;
BEGIN
  FOREACH t IN ARRAY ARRAY['webhook', 'webhook_delivery'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('CREATE POLICY system_all ON %I TO guazu_system USING (true) WITH CHECK (true)', t);
    EXECUTE format('CREATE POLICY own_organisation ON %I TO guazu_app USING (org_id = app_org()) WITH CHECK (org_id = app_org())', t);
  END LOOP;
END $$;
