import { and, asc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { accessConversation } from "../reading/conversation-access.server";

/** A message that leaves later. `failed` is the code of why it could not; it waits for its author then. */
export type ScheduledMessage = {
  id: string;
  conversation_id: string;
  text: string;
  reply_to: string | null;
  send_at: string;
  failed: string | null;
  created_at: string;
};

export type ScheduledRow = typeof schema.scheduledMessage.$inferSelect;

export const toScheduled = (row: ScheduledRow): ScheduledMessage => ({
  id: row.id,
  conversation_id: row.conversationId,
  text: row.text,
  reply_to: row.replyTo,
  send_at: row.sendAt.toISOString(),
  failed: row.failed,
  created_at: row.createdAt.toISOString(),
});

/** What an account will send to a conversation, the next first. @throws AppError 404 without sight of it, and to guests */
export async function listScheduled(actor: Actor, conversationId: string): Promise<ScheduledMessage[]> {
  if (actor.kind !== "account") throw notFound("conversation");
  const { scope } = await accessConversation(actor, conversationId, inScope);
  const { scheduledMessage } = schema;
  const own = and(eq(scheduledMessage.conversationId, conversationId), eq(scheduledMessage.accountId, actor.accountId));
  const rows = await inScope(scope, (tx) =>
    tx.select().from(scheduledMessage).where(own).orderBy(asc(scheduledMessage.sendAt), asc(scheduledMessage.id)),
  );
  return rows.map(toScheduled);
}
