import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { schema } from "~db/index.server";
import type { Attachment, FirstFile, LinkPreview, Mention, Message, Notice, ShownChoice } from "./message-view";

export type ConversationRow = typeof schema.conversation.$inferSelect;
export type MessageRow = typeof schema.message.$inferSelect;

/** What is unknown of files that were sent before it was asked, or that a provider holds. */
const UNKNOWN = {
  width: null,
  height: null,
  thumbnail: null,
  placeholder: null,
  duration_ms: null,
  waveform: null,
};

const time = (date: Date | null) => date?.toISOString() ?? null;

/** A stored message as everyone outside sees it; a deleted one has lost its content. */
export function toMessage(row: MessageRow): Message {
  const deleted = row.deletedAt !== null;
  const notice = row.payload?.notice as Notice | undefined;
  const preview = deleted ? undefined : (row.payload?.preview as LinkPreview | undefined);
  const mentions = row.payload?.mentions as Mention[] | undefined;
  return {
    id: row.id,
    conversation: row.conversationId,
    seq: row.seq,
    author: { kind: row.authorKind, id: row.authorId, name: row.authorName },
    kind: row.kind,
    text: deleted ? "" : row.text,
    choices: deleted ? [] : ((row.payload?.choices as ShownChoice[] | undefined) ?? []),
    ...(notice && { notice }),
    ...(preview && { preview }),
    ...(mentions?.length && !deleted && { mentions }),
    ...(row.payload?.ticket !== undefined && !deleted && { card: "ticket" as const }),
    ...(row.payload?.forwarded === true && { forwarded: true }),
    attachments: deleted ? [] : (row.attachments as Attachment[]).map((file) => ({ ...UNKNOWN, ...file })),
    reply_to: row.replyTo,
    visibility: row.visibility,
    client_id: row.clientId,
    delivery: row.delivery,
    delivery_error: row.deliveryError,
    late: row.late,
    reactions: deleted ? [] : row.reactions,
    sent_at: row.sentAt.toISOString(),
    created_at: row.createdAt.toISOString(),
    edited_at: time(row.editedAt),
    deleted_at: time(row.deletedAt),
    pinned_at: time(row.pinnedAt),
  };
}

/** Of a message's files, what lists say where it has no words; null without any. */
export const firstFile = (attachments: AnyPgColumn): SQL<FirstFile | null> =>
  sql<FirstFile | null>`case when jsonb_typeof(${attachments} -> 0) = 'object'
    then jsonb_build_object('kind', ${attachments} -> 0 -> 'kind', 'name', ${attachments} -> 0 -> 'name') end`;
