import { and, asc, eq, inArray } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import type { Attachment } from "~/modules/messaging";
import { toAttachment } from "~/modules/messaging/index.server";
import { asSystem, inScope } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { accessConversation } from "../reading/conversation-access.server";

/** A message that leaves later. `failed` is the code of why it could not; it waits for its author then. */
export type ScheduledMessage = {
  id: string;
  conversation_id: string;
  text: string;
  attachments: Attachment[];
  reply_to: string | null;
  send_at: string;
  failed: string | null;
  created_at: string;
};

export type ScheduledRow = typeof schema.scheduledMessage.$inferSelect;

/** What waits as its author sees it, with its files. Asks for these by itself, so not within a transaction. */
export async function toScheduled(rows: readonly ScheduledRow[]): Promise<ScheduledMessage[]> {
  const { file } = schema;
  const ids = rows.flatMap(({ attachments }) => attachments);
  const files =
    ids.length === 0
      ? []
      : await asSystem("the files of an account's own messages that wait", (tx) =>
          tx.select().from(file).where(inArray(file.id, ids)),
        );
  const found = new Map(files.map((row) => [row.id, toAttachment(row)]));
  return rows.map((row) => ({
    id: row.id,
    conversation_id: row.conversationId,
    text: row.text,
    attachments: row.attachments.flatMap((id) => found.get(id) ?? []),
    reply_to: row.replyTo,
    send_at: row.sendAt.toISOString(),
    failed: row.failed,
    created_at: row.createdAt.toISOString(),
  }));
}

/** The same of one. */
export async function toScheduledOne(row: ScheduledRow): Promise<ScheduledMessage> {
  const [shown] = await toScheduled([row]);
  if (!shown) throw new Error("no row, no message");
  return shown;
}

/** What an account will send to a conversation, the next first. @throws AppError 404 without sight of it, and to guests */
export async function listScheduled(actor: Actor, conversationId: string): Promise<ScheduledMessage[]> {
  if (actor.kind !== "account") throw notFound("conversation");
  const { scope } = await accessConversation(actor, conversationId, inScope);
  const { scheduledMessage } = schema;
  const own = and(eq(scheduledMessage.conversationId, conversationId), eq(scheduledMessage.accountId, actor.accountId));
  const rows = await inScope(scope, (tx) =>
    tx.select().from(scheduledMessage).where(own).orderBy(asc(scheduledMessage.sendAt), asc(scheduledMessage.id)),
  );
  return toScheduled(rows);
}
