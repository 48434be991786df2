import { and, asc, eq, isNotNull } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import type { Message } from "../message-view";
import { type Reading, seenBy } from "../read-messages.server";
import { toMessage } from "../rows.server";

/** What a conversation keeps at its head, in the order in which it was put there. */
export async function listPinned(tx: Tx, conversationId: string, reading: Reading): Promise<Message[]> {
  const { message } = schema;
  const rows = await tx
    .select()
    .from(message)
    .where(and(seenBy(conversationId, reading), isNotNull(message.pinnedAt)))
    .orderBy(asc(message.pinnedAt), asc(message.seq));
  return rows.map(toMessage);
}

/** The ids of what an account has starred in a conversation, and of what it has hidden there. */
export async function readMarks(tx: Tx, conversationId: string, accountId: string) {
  const { messageMark } = schema;
  const rows = await tx
    .select()
    .from(messageMark)
    .where(and(eq(messageMark.accountId, accountId), eq(messageMark.conversationId, conversationId)))
    .orderBy(asc(messageMark.messageId));
  return {
    starred: rows.flatMap((row) => (row.starredAt && !row.hiddenAt ? [row.messageId] : [])),
    hidden: rows.flatMap((row) => (row.hiddenAt ? [row.messageId] : [])),
  };
}
