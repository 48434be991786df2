import { eq } from "drizzle-orm";
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

/** Where a conversation lives, to choose the scope; as above. */
export async function locateConversation(conversationId: string): Promise<Located> {
  if (!isUuid(conversationId)) throw notFound("conversation");
  const { conversation, identity } = schema;
  const [row] = await asSystem("find the conversation's organisation", (tx) =>
    tx
      .select({ orgId: conversation.orgId, kind: conversation.kind, customerAccountId: identity.accountId })
      .from(conversation)
      .leftJoin(identity, eq(identity.id, conversation.identityId))
      .where(eq(conversation.id, conversationId)),
  );
  if (!row) throw notFound("conversation");
  return row;
}
