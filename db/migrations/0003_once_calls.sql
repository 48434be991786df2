CREATE TABLE "once_call" (
	"owner" text NOT NULL,
	"key_hash" text NOT NULL,
	"request_hash" text NOT NULL,
	"status" integer,
	"sealed_answer" "bytea",
	"leased_until" timestamp (3) with time zone NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "once_call_owner_key_hash_pk" PRIMARY KEY("owner","key_hash")
);
--> statement-breakpoint
CREATE INDEX "once_call_created_idx" ON "once_call" USING btree ("created_at");--> statement-breakpoint
ALTER TABLE "once_call" ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE "once_call" FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY system_all ON "once_call" TO guazu_system USING (true) WITH CHECK (true);
--> statement-breakpoint
REVOKE ALL ON "once_call" FROM guazu_app;
