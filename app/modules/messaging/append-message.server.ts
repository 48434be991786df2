import { and, eq, gte, sql } from "drizzle-orm";
import { brokenConstraint } from "~/platform/db.server";
import { conflict, notFound } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AuthorKind, Delivery, MessageKind, Visibility } from "~db/schema/messaging";
import { messageCreated } from "./events";
import type { Reading } from "./read-messages.server";
import { insertChange } from "./record-change.server";
import { type ConversationRow, type MessageRow, toMessage } from "./rows.server";

export type MessageDraft = {
  author: { kind: AuthorKind; id: string | null; name: string };
  kind: MessageKind;
  text: string;
  payload?: Record<string, unknown> | null;
  attachments?: unknown[];
  replyTo?: string | null;
  visibility: Visibility;
  /** The sender's key (UUID); a repeat with the same content returns the first message. */
  clientId?: string | null;
  /** The provider's id; a repeat returns the first message. */
  externalId?: string | null;
  ticketId?: string | null;
  delivery?: Delivery | null;
  late?: boolean;
  /** The provider's clock; ours when absent. */
  sentAt?: Date;
};

export type Appended = { row: MessageRow; dedup: boolean };

/** Locks a conversation until the end of the transaction: all that changes it stands in line here. */
export async function lockConversation(ctx: Context, conversationId: string): Promise<ConversationRow | null> {
  const [row] = await ctx.tx
    .select()
    .from(schema.conversation)
    .where(eq(schema.conversation.id, conversationId))
    .for("update");
  return row ?? null;
}

function sameContent(row: MessageRow, conversation: ConversationRow, draft: MessageDraft): boolean {
  return (
    row.conversationId === conversation.id &&
    row.text === draft.text &&
    row.kind === draft.kind &&
    row.visibility === draft.visibility &&
    row.replyTo === (draft.replyTo ?? null) &&
    row.payload?.ticket === draft.payload?.ticket &&
    sameFiles(row.attachments, draft.attachments ?? [])
  );
}

/** By their ids: what is known of a file may grow after it was sent. */
function sameFiles(sent: readonly unknown[], given: readonly unknown[]): boolean {
  const ids = (files: readonly unknown[]) => JSON.stringify(files.map((file) => (file as { id: unknown }).id));
  return ids(sent) === ids(given);
}

/**
 * The message that an earlier delivery of the same send or webhook made, if there is one. Call it under the
 * conversation's lock, before deciding anything.
 * @throws AppError `id_reused` when the key stands for another conversation or content
 */
export async function findRepeat(
  ctx: Context,
  conversation: ConversationRow,
  draft: MessageDraft,
): Promise<MessageRow | null> {
  const { message } = schema;
  if (draft.externalId && conversation.channelId) {
    const [row] = await ctx.tx
      .select()
      .from(message)
      .where(and(eq(message.channelId, conversation.channelId), eq(message.externalId, draft.externalId)));
    if (row) return row;
  }
  if (!draft.clientId || !draft.author.id) return null;
  const [row] = await ctx.tx
    .select()
    .from(message)
    .where(
      and(
        eq(message.authorKind, draft.author.kind),
        eq(message.authorId, draft.author.id),
        eq(message.clientId, draft.clientId),
      ),
    );
  if (!row) return null;
  // What was edited or deleted since says nothing of what the first send said.
  const changed = row.editedAt !== null || row.deletedAt !== null;
  if (row.conversationId !== conversation.id || !(changed || sameContent(row, conversation, draft)))
    throw conflict("id_reused");
  return row;
}

/** What a message answers stands in its own conversation, where its author reads it. @throws AppError 404 */
export async function requireReplyTarget(
  ctx: Context,
  conversationId: string,
  replyTo: string | null | undefined,
  { audience, fromSeq }: Reading,
): Promise<void> {
  if (!replyTo) return;
  const { message } = schema;
  const [row] = await ctx.tx
    .select({ id: message.id })
    .from(message)
    .where(
      and(
        eq(message.id, replyTo),
        eq(message.conversationId, conversationId),
        gte(message.seq, fromSeq),
        audience === "public" ? eq(message.visibility, "public") : undefined,
      ),
    );
  if (!row) throw notFound("message");
}

/**
 * Appends a message under the next seq and says so. The caller holds the conversation's lock (`lockConversation`).
 * A repeat of the same `clientId` or `externalId` writes nothing and returns the first.
 * @throws AppError `id_reused` when the `clientId` stands for another conversation or content
 */
export async function appendMessage(
  ctx: Context,
  conversation: ConversationRow,
  draft: MessageDraft,
): Promise<Appended> {
  const repeat = await findRepeat(ctx, conversation, draft);
  if (repeat) return { row: repeat, dedup: true };
  const isPublic = draft.visibility === "public";
  const id = newId();
  const [next] = await ctx.tx
    .update(schema.conversation)
    .set({
      lastSeq: sql`${schema.conversation.lastSeq} + 1`,
      rev: sql`${schema.conversation.rev} + 1`,
      lastMessageAt: ctx.now,
      lastMessageId: id,
      ...(isPublic && { publicRev: sql`${schema.conversation.publicRev} + 1`, lastPublicMessageId: id }),
    })
    .where(eq(schema.conversation.id, conversation.id))
    .returning();
  if (!next) throw new Error(`conversation ${conversation.id} is out of scope`);
  Object.assign(conversation, next);
  const row = await insertMessage(ctx, next, id, draft);
  const publicRev = isPublic ? next.publicRev : null;
  await insertChange(ctx, { conversation: next, kind: "message.created", ref: id, rev: next.rev, publicRev });
  ctx.emit(messageCreated, {
    conversationId: next.id,
    orgId: next.orgId,
    rev: next.rev,
    publicRev,
    message: toMessage(row),
  });
  return { row, dedup: false };
}

async function insertMessage(
  ctx: Context,
  conversation: ConversationRow,
  id: string,
  draft: MessageDraft,
): Promise<MessageRow> {
  try {
    const [row] = await ctx.tx
      .insert(schema.message)
      .values({
        id,
        conversationId: conversation.id,
        orgId: conversation.orgId,
        channelId: conversation.channelId,
        ticketId: draft.ticketId ?? null,
        seq: conversation.lastSeq,
        authorKind: draft.author.kind,
        authorId: draft.author.id,
        authorName: draft.author.name,
        clientId: draft.clientId ?? null,
        kind: draft.kind,
        text: draft.text,
        payload: draft.payload ?? null,
        attachments: draft.attachments ?? [],
        replyTo: draft.replyTo ?? null,
        visibility: draft.visibility,
        externalId: draft.externalId ?? null,
        delivery: draft.delivery ?? null,
        late: draft.late ?? false,
        sentAt: draft.sentAt ?? ctx.now,
        createdAt: ctx.now,
      })
      .returning();
    if (!row) throw new Error("insert returned nothing");
    return row;
  } catch (error) {
    // The same key at this moment in another conversation, whose lock we do not hold.
    if (brokenConstraint(error) === "message_author_client_key") throw conflict("id_reused");
    throw error;
  }
}
