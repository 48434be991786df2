import { eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import { sendToChat } from "~/modules/chats/index.server";
import {
  type Appended,
  type ConversationRow,
  lockConversation,
  requireReplyTarget,
  withAttachments,
} from "~/modules/messaging/index.server";
import { forbidden, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { quickAppend } from "../append/quick-append.server";
import { receiveCustomerMessage } from "../inbound/receive-customer-message.server";
import { type Located, locateConversation, organisationOfCustomer } from "../reading/locate.server";
import { type TicketContext, ticketVerb } from "../ticket-context.server";
import { type ReplyInput, replyToCustomer } from "./reply-to-customer.server";

/** The longest text that one message takes, in characters. */
export const TEXT_LIMIT = 16_000;

export type SendInput = ReplyInput & {
  conversationId: string;
  /** Ids of people of a group whom the writer picked to call. */
  mentions?: readonly string[];
};

/**
 * Sends a message as whoever the actor is in that conversation: the customer (guest, or account on the internal
 * channel), a member of the organisation, or one who takes part in a chat. Socket, page and API come through here.
 * Idempotent by `clientId`.
 * @throws AppError 404 without sight of the conversation, `channel_disabled` (422) to customers; see `replyToCustomer`
 *   for members, `sendToChat` for chats, `withAttachments` for files
 */
export async function sendMessage(actor: Actor, input: SendInput): Promise<Appended> {
  if (!isUuid(input.clientId)) throw invalid("client_id_invalid");
  const carries = Boolean(input.attachments?.length);
  const clean = { ...input, text: carries ? storable(input.text) : cleanText(input.text) };
  const orgId = await organisationOfCustomer(input.conversationId);
  const quick = orgId && !carries && !input.forwarded && (await quickAppend(actor, orgId, clean));
  if (quick) return quick;
  const located = await locateConversation(input.conversationId);
  if (located.kind !== "customer") return sendAsParticipant(actor, located, clean);
  if (isCustomer(actor, located, input.conversationId)) return sendAsCustomer(actor, located, clean);
  return sendAsMember(actor, located, clean);
}

/**
 * A text as it is stored: without what no database takes.
 * @throws AppError `text_empty`, `text_too_long`
 */
export function cleanText(given: string): string {
  const text = storable(given);
  if (text.trim() === "") throw invalid("text_empty");
  return text;
}

/** The same where files may stand for words. */
export function storable(given: string): string {
  const text = given.replaceAll("\u0000", "").toWellFormed();
  if (text.length > TEXT_LIMIT) throw invalid("text_too_long", { limit: TEXT_LIMIT });
  return text;
}

/** Whether the actor stands on the customer's side of a conversation. */
export function isCustomer(actor: Actor, located: Located, conversationId: string): boolean {
  if (actor.kind === "guest") return actor.conversationId === conversationId && actor.orgId === located.orgId;
  return actor.kind === "account" && !actor.token && located.customerAccountId === actor.accountId;
}

function sendAsParticipant(actor: Actor, located: Located, input: SendInput): Promise<Appended> {
  if (actor.kind !== "account") throw notFound("conversation");
  if (!allows(actor, "messages:write")) throw forbidden("missing_scope");
  if (input.visibility !== "public") throw forbidden();
  return sendToChat(actor, located.orgId, input);
}

function sendAsCustomer(actor: Actor, located: Located, input: SendInput): Promise<Appended> {
  if (!located.orgId) throw notFound("conversation");
  if (input.visibility !== "public") throw forbidden();
  return ticketVerb(actor, { orgId: located.orgId }, async (ctx) => {
    const { conversation, door } = await lockDoor(ctx, input.conversationId);
    if (door.channel.disabledAt) throw invalid("channel_disabled");
    const { text, clientId, replyTo = null } = input;
    await requireReplyTarget(ctx, conversation.id, replyTo, { audience: "public", fromSeq: 0 });
    const payload = input.forwarded ? { forwarded: true } : null;
    return withAttachments(ctx, actor, input, (content) =>
      receiveCustomerMessage(ctx, { conversation, ...door }, { ...content, text, payload, clientId, replyTo }),
    );
  });
}

/** A customer conversation, locked, with its channel and contact. */
export async function lockDoor(ctx: TicketContext, conversationId: string) {
  const conversation = await lockConversation(ctx, conversationId);
  if (!conversation) throw notFound("conversation");
  return { conversation, door: await doorOf(ctx, conversation) };
}

async function doorOf(ctx: TicketContext, conversation: ConversationRow) {
  const { identity, contact, channel } = schema;
  const [row] = await ctx.tx
    .select({ contact, channel })
    .from(identity)
    .innerJoin(contact, eq(contact.id, identity.contactId))
    .innerJoin(channel, eq(channel.id, identity.channelId))
    .where(eq(identity.id, conversation.identityId ?? ""));
  if (!row) throw notFound("conversation");
  return row;
}

async function sendAsMember(actor: Actor, located: Located, input: SendInput): Promise<Appended> {
  const membership = membershipIn(actor, located.orgId);
  if (!located.orgId || !membership || actor.kind !== "account") throw notFound("conversation");
  if (!allows(actor, "messages:write")) throw forbidden("missing_scope");
  return ticketVerb(actor, { orgId: located.orgId }, async (ctx) => {
    const conversation = await lockConversation(ctx, input.conversationId);
    if (!conversation) throw notFound("conversation");
    return withAttachments(ctx, actor, input, (content) =>
      replyToCustomer(ctx, { actor, membership }, conversation, { ...input, ...content }),
    );
  });
}
