-- One index serves the searches of an organisation, by stretches of time, and of chats, by conversation: the words of a message are cut and stored once.
CREATE INDEX "message_found_idx" ON "message" USING gin ("org_id", "conversation_id", search_spans("created_at"), search_words("text"))
  WHERE "text" <> '';
--> statement-breakpoint
DROP INDEX "message_words_idx";
--> statement-breakpoint
DROP INDEX "message_search_idx";
--> statement-breakpoint
ALTER INDEX "message_found_idx" RENAME TO "message_words_idx";
