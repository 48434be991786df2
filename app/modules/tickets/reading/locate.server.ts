import { and, eq, isNull } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { ConversationKind } from "~db/schema/messaging";

/**
 * Which organisation a ticket belongs to. Only used to choose the scope in which it is then looked for with the
 * actor's rights; the answer never reaches the actor.
 */
export async function organisationOfTicket(ticketId: string): Promise<string> {
  if (!isUuid(ticketId)) throw notFound("ticket");
  const { ticket } = schema;
  const [row] = await asSystem("find the ticket's organisation", (tx) =>
    tx.select({ orgId: ticket.orgId }).from(ticket).where(eq(ticket.id, ticketId)),
  );
  if (!row) throw notFound("ticket");
  return row.orgId;
}

export type Located = { orgId: string | null; kind: ConversationKind; customerAccountId: string | null };

/** Where a conversation lives, to choose the scope; as above. A suspended organisation's are not there for anybody. */
export async function locateConversation(conversationId: string): Promise<Located> {
  if (!isUuid(conversationId)) throw notFound("conversation");
  const { conversation, identity, organisation } = schema;
  const [row] = await asSystem("find the conversation's organisation", (tx) =>
    tx
      .select({ orgId: conversation.orgId, kind: conversation.kind, customerAccountId: identity.accountId })
      .from(conversation)
      .leftJoin(identity, eq(identity.id, conversation.identityId))
      .leftJoin(organisation, eq(organisation.id, conversation.orgId))
      .where(and(eq(conversation.id, conversationId), isNull(organisation.suspendedAt))),
  );
  if (!row) throw notFound("conversation");
  return row;
}

/** Where a message lives; as above. */
export async function locateMessage(messageId: string): Promise<{ orgId: string | null; conversationId: string }> {
  if (!isUuid(messageId)) throw notFound("message");
  const { message } = schema;
  const [row] = await asSystem("find the message's organisation", (tx) =>
    tx
      .select({ orgId: message.orgId, conversationId: message.conversationId })
      .from(message)
      .where(eq(message.id, messageId)),
  );
  if (!row) throw notFound("message");
  return row;
}

/** The organisation of each customer conversation, which it never changes; null for other kinds. */
const organisations = new Map<string, string | null>();
const ORGANISATIONS_KEPT = 50_000;

/** Whose customer writes there, for a sender who comes again and again: asked of the database once, in a process. */
export async function organisationOfCustomer(conversationId: string): Promise<string | null> {
  const known = organisations.get(conversationId);
  if (known !== undefined) return known;
  const located = await locateConversation(conversationId);
  const orgId = located.kind === "customer" ? located.orgId : null;
  if (organisations.size >= ORGANISATIONS_KEPT) organisations.clear();
  organisations.set(conversationId, orgId);
  return orgId;
}
