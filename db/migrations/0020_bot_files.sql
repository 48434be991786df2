-- Files that bots send copies of belong to a flow; a draft knows who saved it last.
DROP INDEX "file_lost_idx";--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "draft_by" uuid;--> statement-breakpoint
ALTER TABLE "flow" ADD COLUMN "draft_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "file" ADD COLUMN "flow_id" uuid;--> statement-breakpoint
ALTER TABLE "upload" ADD COLUMN "flow_id" uuid;--> statement-breakpoint
ALTER TABLE "file" ADD CONSTRAINT "file_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "upload" ADD CONSTRAINT "upload_flow_id_flow_id_fk" FOREIGN KEY ("flow_id") REFERENCES "public"."flow"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "file_flow_idx" ON "file" USING btree ("flow_id") WHERE "file"."flow_id" is not null;--> statement-breakpoint
CREATE INDEX "upload_flow_idx" ON "upload" USING btree ("flow_id") WHERE "upload"."flow_id" is not null;--> statement-breakpoint
CREATE INDEX "file_lost_idx" ON "file" USING btree ("id") WHERE "file"."conversation_id" is null and "file"."flow_id" is null;