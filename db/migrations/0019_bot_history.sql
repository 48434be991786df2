ALTER TABLE "outbox" ADD COLUMN "external_id" text;--> statement-breakpoint
CREATE INDEX "flow_run_version_idx" ON "flow_run" USING btree ("flow_version_id","started_at");--> statement-breakpoint
CREATE INDEX "flow_run_conversation_idx" ON "flow_run" USING btree ("conversation_id","started_at");--> statement-breakpoint
CREATE INDEX "outbox_external_idx" ON "outbox" USING btree ("conversation_id","external_id") WHERE "outbox"."external_id" is not null;--> statement-breakpoint
CREATE INDEX "outbox_unclear_idx" ON "outbox" USING btree ("conversation_id") WHERE "outbox"."state" = 'unknown';