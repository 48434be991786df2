import type { Actor } from "~/modules/accounts";
import { allows } from "~/modules/accounts";
import { sendToChat } from "~/modules/chats/index.server";
import type { Message } from "~/modules/messaging";
import { toMessage } from "~/modules/messaging/index.server";
import { AppError, forbidden, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { storable } from "../desk/send-message.server";
import { locateConversation } from "../reading/locate.server";
import { seeTicket } from "../reading/read-tickets.server";

/** The most chats into which a ticket goes at once. */
const MOST_CHATS = 10;

/** What came of it in one chat: the message, or the code of why not. */
export type Shared = { conversation: string; message: Message | null; code: string | null };

export type Sharing = {
  conversationIds: readonly string[];
  /** One for each chat; a repeat with the same ones sends nothing twice. */
  clientIds: readonly string[];
  /** What is said with it. */
  text?: string;
};

/**
 * Shows a ticket that the actor sees in chats of theirs, as a message of the actor's own that names it and holds nothing of
 * it: what each reader is shown is asked for when they read. Each chat answers for itself.
 * @throws AppError 404 without sight of the ticket, `invalid_request` for none, more than 10 or the same chat twice,
 *   `text_too_long`
 */
export async function shareTicket(actor: Actor, ticketId: string, sharing: Sharing): Promise<Shared[]> {
  const { conversationIds, clientIds } = sharing;
  const distinct = new Set(conversationIds).size === conversationIds.length;
  const fits = conversationIds.length >= 1 && conversationIds.length <= MOST_CHATS;
  if (!distinct || !fits || clientIds.length !== conversationIds.length || !clientIds.every(isUuid))
    throw invalid("invalid_request");
  const { id } = (await seeTicket(actor, ticketId, "messages:write")).ticket;
  const text = storable(sharing.text ?? "").trim();
  const results: Shared[] = [];
  for (const [at, conversation] of conversationIds.entries())
    results.push(await shareIn(actor, { ticketId: id, text }, conversation, clientIds[at] ?? ""));
  return results;
}

type Said = { ticketId: string; text: string };

async function shareIn(actor: Actor, said: Said, conversationId: string, clientId: string): Promise<Shared> {
  try {
    const located = await locateConversation(conversationId);
    // A customer's conversation is no place for it, and is refused as one that is not there.
    if (located.kind === "customer" || actor.kind !== "account") throw notFound("conversation");
    if (!allows(actor, "messages:write")) throw forbidden("missing_scope");
    const { row } = await sendToChat(actor, located.orgId, { ...said, conversationId, clientId });
    return { conversation: conversationId, message: toMessage(row), code: null };
  } catch (error) {
    if (!(error instanceof AppError) || !error.expected) throw error;
    return { conversation: conversationId, message: null, code: error.code };
  }
}
