import { eq } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { DRIVERS } from "~/modules/channels/index.server";
import { mayPin, payloadAfterEdit, requireOpenChat, tellLists } from "~/modules/chats/index.server";
import {
  type Changer,
  type ConversationRow,
  deleteMessage,
  editMessage,
  lockConversation,
  type MessageRow,
  pinMessage,
  reactToMessage,
} from "~/modules/messaging/index.server";
import { AppError, forbidden, invalid, notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { changeNote } from "../collaboration/change-note.server";
import { isEmoji, type MessageRights, messageRights } from "../message-rights";
import { accessConversation } from "../reading/conversation-access.server";
import { locateMessage } from "../reading/locate.server";
import { type TicketContext, ticketVerb } from "../ticket-context.server";
import { cleanText } from "./send-message.server";

/** The most different emoji that one message takes. */
const EMOJI_KINDS = 20;

type Held = { conversation: ConversationRow; row: MessageRow; by: Changer; rights: MessageRights; carried: boolean };

/**
 * Gives one's own message another text. Saying the same again changes nothing.
 * @throws AppError 404 without sight of it, 403 for others' messages, `channel_cannot_edit` where a provider carried it,
 *   `chat_closed`
 */
export async function changeText(actor: Actor, messageId: string, text: string): Promise<MessageRow> {
  const clean = cleanText(text);
  return withMessage(actor, messageId, async (ctx, held) => {
    require(held, "edit");
    await requireOpen(ctx, actor, held);
    const { conversation, row } = held;
    if (row.visibility === "staff") return changeNote(ctx, held, clean);
    const payload = await payloadAfterEdit(ctx.tx, conversation, row, clean);
    const edited = await editMessage(ctx, held, clean, { payload });
    if (edited !== row) await tellPeople(ctx, conversation);
    return edited;
  });
}

/** Takes a message back, for all; an admin also what colleagues and the bot wrote. Errors as in `changeText`. */
export function takeBack(actor: Actor, messageId: string): Promise<MessageRow> {
  return withMessage(actor, messageId, async (ctx, held) => {
    if (held.row.deletedAt) return held.row;
    require(held, "remove");
    const deleted = await deleteMessage(ctx, held);
    await tellPeople(ctx, held.conversation);
    return deleted;
  });
}

/** The lists of a chat's people show its last words; a ticket's are told of by `ticketVerb`. */
async function tellPeople(ctx: TicketContext, { id, kind }: ConversationRow): Promise<void> {
  if (kind !== "customer") await tellLists(ctx, id);
}

/**
 * Gives a message an emoji, or takes one's own back. It stays inside GuazuApp: nothing of it goes to a provider.
 * @throws AppError `emoji_invalid` for what is not one emoji, `too_many_emoji` over 20 different ones
 */
export async function react(actor: Actor, messageId: string, emoji: string, on: boolean): Promise<MessageRow> {
  if (!isEmoji(emoji)) throw invalid("emoji_invalid");
  return withMessage(actor, messageId, async (ctx, held) => {
    require(held, "react");
    await requireOpen(ctx, actor, held);
    const known = held.row.reactions.some((reaction) => reaction.emoji === emoji);
    if (on && !known && held.row.reactions.length >= EMOJI_KINDS) throw invalid("too_many_emoji");
    return reactToMessage(ctx, held, emoji, on);
  });
}

/**
 * Keeps a message at the head of its conversation for all, or no more: in a direct chat either, in a group its owner and
 * admins, with a customer the members.
 * @throws AppError 404, 403, `message_deleted`, `chat_closed`, `too_many_pinned` over 20
 */
export function pin(actor: Actor, messageId: string, on: boolean): Promise<MessageRow> {
  return withMessage(actor, messageId, async (ctx, held) => {
    require(held, "pin");
    await requireOpen(ctx, actor, held);
    return pinMessage(ctx, held, on);
  });
}

async function requireOpen(ctx: TicketContext, actor: Actor, { conversation }: Held): Promise<void> {
  if (actor.kind === "account") await requireOpenChat(ctx, actor, conversation);
}

function require({ rights, row, carried }: Held, right: keyof MessageRights): void {
  if (rights[right]) return;
  if (row.deletedAt) throw invalid("message_deleted");
  if (carried && row.visibility === "public") throw new AppError("channel_cannot_edit", 422);
  throw forbidden();
}

/** Runs a change of a message that the actor sees, under its conversation's lock. */
async function withMessage(
  actor: Actor,
  messageId: string,
  change: (ctx: TicketContext, held: Held) => Promise<MessageRow> | MessageRow,
): Promise<MessageRow> {
  const { orgId, conversationId } = await locateMessage(messageId);
  const accountId = actor.kind === "account" ? actor.accountId : undefined;
  return ticketVerb(actor, { orgId: orgId ?? undefined, accountId }, async (ctx) => {
    const inThis = <T>(_: unknown, ask: (tx: typeof ctx.tx) => Promise<T>) => ask(ctx.tx);
    const access = accessConversation(actor, conversationId, inThis, "messages:write");
    const { audience, fromSeq, membership, side } = await access.catch(asMissing);
    const conversation = await lockConversation(ctx, conversationId);
    const [row] = await ctx.tx.select().from(schema.message).where(eq(schema.message.id, messageId));
    const seen = row && row.seq >= fromSeq && (audience === "staff" || row.visibility === "public");
    if (!conversation || !seen) throw notFound("message");
    const door = side === "participant" ? null : await doorOf(ctx, conversation);
    const by = changerOf(actor, membership, door?.contact);
    const carried = door?.carried ?? false;
    const asked = side === "participant" && actor.kind === "account";
    const pins = asked ? await mayPin(ctx.tx, actor, conversation) : side === "member";
    const rights = messageRights({
      message: {
        author: { kind: row.authorKind, id: row.authorId },
        kind: row.kind,
        visibility: row.visibility,
        deleted: row.deletedAt !== null,
      },
      reader: { kind: by.kind, id: by.id, admin: membership?.role === "admin" },
      pins,
      carried,
    });
    return change(ctx, { conversation, row, by, rights, carried });
  });
}

/** As whom the actor writes there: a member, the customer, or in a chat the account itself. */
function changerOf(actor: Actor, membership: Membership | null, contact: { id: string; name: string } | undefined) {
  if (contact && !(membership && actor.kind === "account")) return { kind: "contact", ...contact } as const;
  if (actor.kind !== "account") throw notFound("message");
  if (membership) return { kind: "member", id: membership.memberId, name: actor.name } as const;
  return { kind: "account", id: actor.accountId, name: actor.name } as const;
}

/** A message of a conversation that one may not see is refused in the same words as one that does not exist. */
function asMissing(error: unknown): never {
  throw error instanceof AppError && error.status === 404 ? notFound("message") : error;
}

async function doorOf(ctx: TicketContext, { identityId }: ConversationRow) {
  const { identity, contact, channel } = schema;
  const [row] = await ctx.tx
    .select({ contact: { id: contact.id, name: contact.name }, kind: channel.kind })
    .from(identity)
    .innerJoin(contact, eq(contact.id, identity.contactId))
    .innerJoin(channel, eq(channel.id, identity.channelId))
    .where(eq(identity.id, identityId ?? ""));
  if (!row) throw notFound("message");
  return { contact: row.contact, carried: DRIVERS[row.kind].delivery === "provider" };
}
