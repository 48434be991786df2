ALTER TABLE "notice" ALTER COLUMN "ticket_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "notice" ADD COLUMN "webhook_id" uuid;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_org_id_webhook_id_webhook_org_id_id_fk" FOREIGN KEY ("org_id","webhook_id") REFERENCES "public"."webhook"("org_id","id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notice_webhook_idx" ON "notice" USING btree ("webhook_id") WHERE "notice"."webhook_id" is not null;--> statement-breakpoint
ALTER TABLE "notice" ADD CONSTRAINT "notice_of_one" CHECK (num_nonnulls("notice"."ticket_id", "notice"."webhook_id") = 1);