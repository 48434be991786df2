CREATE TABLE "account_block" (
	"account_id" uuid NOT NULL,
	"blocked_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "account_block_account_id_blocked_id_pk" PRIMARY KEY("account_id","blocked_id")
);
--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "handle" text;--> statement-breakpoint
ALTER TABLE "account" ADD COLUMN "findable" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "accepted" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "muted_until" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "pinned_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "participant" ADD COLUMN "archived_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "account_block" ADD CONSTRAINT "account_block_account_id_account_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_block" ADD CONSTRAINT "account_block_blocked_id_account_id_fk" FOREIGN KEY ("blocked_id") REFERENCES "public"."account"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_block_blocked_idx" ON "account_block" USING btree ("blocked_id");--> statement-breakpoint
CREATE UNIQUE INDEX "account_handle_key" ON "account" USING btree (lower("handle"));--> statement-breakpoint
ALTER TABLE "account_block" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "account_block" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON "account_block" TO guazu_system USING (true) WITH CHECK (true);
--> statement-breakpoint
-- Whoever is blocked must be refused, and so both sides' transactions see it.
CREATE POLICY either_side ON "account_block" TO guazu_app
  USING (account_id = app_account() OR blocked_id = app_account()) WITH CHECK (account_id = app_account());
--> statement-breakpoint
ALTER TABLE "participant" ADD CONSTRAINT "participant_customer_is_not_asked" CHECK (role <> 'customer' OR accepted);
--> statement-breakpoint
CREATE UNIQUE INDEX "participant_owner_key" ON "participant" ("conversation_id") WHERE role = 'owner' AND left_at IS NULL;
