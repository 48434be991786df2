import { and, count, desc, eq, isNotNull } from "drizzle-orm";
import { invalid } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AuthorKind, Reaction } from "~db/schema/messaging";
import { messageDeleted, messageEdited, messagePinned, messagePreviewed, messageReacted } from "./events";
import type { Attachment, LinkPreview } from "./message-view";
import { firstLink } from "./previews/first-link";
import { recordChange } from "./record-change.server";
import { type ConversationRow, type MessageRow, toMessage } from "./rows.server";

/** Who changes a message, as authors are named. */
export type Changer = { kind: AuthorKind; id: string; name: string };

type Change = { conversation: ConversationRow; row: MessageRow; by: Changer };

/**
 * Gives a message another text and keeps what it said before. The caller holds the conversation's lock, as in all of
 * these; a text that it has already changes nothing. `more` is what of the message follows from the text.
 */
export async function editMessage(
  ctx: Context,
  change: Change,
  text: string,
  more: Pick<Partial<MessageRow>, "payload"> = {},
): Promise<MessageRow> {
  if (change.row.text === text) return change.row;
  await keepFormer(ctx, change, "edited");
  const payload = payloadFor(more.payload === undefined ? change.row.payload : more.payload, text);
  return write(ctx, change, { text, payload, editedAt: ctx.now }, messageEdited);
}

/** What a message shows of its first address goes with that address. */
function payloadFor(payload: MessageRow["payload"], text: string): MessageRow["payload"] {
  if (!payload?.preview || (payload.preview as LinkPreview).url === firstLink(text)) return payload;
  const { preview: _, ...rest } = payload;
  return Object.keys(rest).length > 0 ? rest : null;
}

/** Adds what the page behind a message's first address says of itself. */
export function addPreview(ctx: Context, change: Omit<Change, "by">, preview: LinkPreview): Promise<MessageRow> {
  return write(ctx, change, { payload: { ...change.row.payload, preview } }, messagePreviewed);
}

/** A message's files as they are by now: one that was on its way has come, or will not. */
export function changeAttachments(
  ctx: Context,
  change: Omit<Change, "by">,
  attachments: Attachment[],
): Promise<MessageRow> {
  return write(ctx, change, { attachments }, messagePreviewed);
}

/** Takes the content of a message away, for every reader and every door; what it said stays with its organisation. */
export async function deleteMessage(ctx: Context, change: Change): Promise<MessageRow> {
  if (change.row.deletedAt) return change.row;
  await keepFormer(ctx, change, "deleted");
  const nothing = { text: "", payload: null, attachments: [], reactions: [], pinnedAt: null };
  return write(ctx, change, { ...nothing, deletedAt: ctx.now }, messageDeleted);
}

/** Gives or takes back one person's emoji. */
export async function reactToMessage(ctx: Context, change: Change, emoji: string, on: boolean): Promise<MessageRow> {
  const reactions = withReaction(change.row.reactions, change.by, emoji, on);
  return reactions === change.row.reactions ? change.row : write(ctx, change, { reactions }, messageReacted);
}

/** The most that one conversation keeps at its head. */
const MOST_PINNED = 20;

/** Keeps a message at the head of its conversation for all, or no more. @throws AppError `too_many_pinned` (422) */
export async function pinMessage(ctx: Context, change: Change, on: boolean): Promise<MessageRow> {
  const { message } = schema;
  if ((change.row.pinnedAt !== null) === on) return change.row;
  const pinned = and(eq(message.conversationId, change.conversation.id), isNotNull(message.pinnedAt));
  const [there] = on ? await ctx.tx.select({ n: count() }).from(message).where(pinned) : [];
  if ((there?.n ?? 0) >= MOST_PINNED) throw invalid("too_many_pinned", { limit: MOST_PINNED });
  return write(ctx, change, { pinnedAt: on ? ctx.now : null }, messagePinned);
}

/** The same list when nothing changes. */
export function withReaction(list: Reaction[], by: Changer, emoji: string, on: boolean): Reaction[] {
  const isMine = (one: Changer) => one.kind === by.kind && one.id === by.id;
  const known = list.find((reaction) => reaction.emoji === emoji);
  const has = known?.by.some(isMine) ?? false;
  if (has === on) return list;
  if (!known) return [...list, { emoji, by: [by] }];
  const people = on ? [...known.by, by] : known.by.filter((one) => !isMine(one));
  return list.flatMap((one) => (one !== known ? [one] : people.length > 0 ? [{ emoji, by: people }] : []));
}

async function keepFormer(ctx: Context, { row, by }: Change, kind: "edited" | "deleted"): Promise<void> {
  await ctx.tx.insert(schema.messageEdit).values({
    id: newId(),
    orgId: row.orgId,
    conversationId: row.conversationId,
    messageId: row.id,
    kind,
    text: row.text,
    attachments: row.attachments,
    byKind: by.kind,
    byId: by.id,
    byName: by.name,
    createdAt: ctx.now,
  });
}

async function write(
  ctx: Context,
  { conversation, row }: Omit<Change, "by">,
  patch: Partial<MessageRow>,
  event: typeof messageEdited,
): Promise<MessageRow> {
  const { message } = schema;
  const [changed] = await ctx.tx.update(message).set(patch).where(eq(message.id, row.id)).returning();
  if (!changed) throw new Error(`message ${row.id} is out of scope`);
  const { visibility } = row;
  const { cursor: _, ...revs } = await recordChange(ctx, { conversation, kind: event.name, ref: row.id, visibility });
  const withheld = await isWithheld(ctx, conversation, row.seq);
  ctx.emit(event, { ...revs, orgId: conversation.orgId, message: toMessage(changed), ...(withheld && { withheld }) });
  return changed;
}

/** Whether a message was written before the history that goes with the conversation's newest ticket (R10). */
async function isWithheld(ctx: Context, conversation: ConversationRow, seq: number): Promise<boolean> {
  if (conversation.kind !== "customer") return false;
  const { ticket } = schema;
  const [newest] = await ctx.tx
    .select({ historyFromSeq: ticket.historyFromSeq })
    .from(ticket)
    .where(eq(ticket.conversationId, conversation.id))
    .orderBy(desc(ticket.openedAt), desc(ticket.id))
    .limit(1);
  return seq < (newest?.historyFromSeq ?? 0);
}
