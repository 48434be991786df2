import { and, desc, eq } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import type { Audience, ConversationRow } from "~/modules/messaging/index.server";
import type { Scope, Tx } from "~/platform/db.server";
import { forbidden, notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { rightsOf } from "../desk/load-for-member.server";
import { isCustomer } from "../desk/send-message.server";
import { locateConversation } from "./locate.server";

/** How an actor may look at a conversation. */
export type ConversationAccess = {
  scope: Scope;
  audience: Audience;
  side: "customer" | "member";
  conversation: ConversationRow;
  membership: Membership | null;
};

/**
 * The one question behind reading a conversation's page, its API and its hub topic, asked in the reader's own
 * transaction: the customer sees their own, a member what the conversation's newest ticket lets them see. `needs` is what an API token must be allowed.
 * @throws AppError 404 for everyone else
 */
export async function accessConversation(
  actor: Actor,
  conversationId: string,
  run: <T>(scope: Scope, work: (tx: Tx) => Promise<T>) => Promise<T>,
  needs: "messages:read" | "messages:write" = "messages:read",
): Promise<ConversationAccess> {
  const located = await locateConversation(conversationId);
  const scope: Scope = {
    orgId: located.orgId ?? undefined,
    accountId: actor.kind === "account" ? actor.accountId : undefined,
  };
  if (isCustomer(actor, located, conversationId)) {
    const conversation = await run(scope, (tx) => conversationRow(tx, conversationId));
    return { scope, audience: "public", side: "customer", conversation, membership: null };
  }
  const membership = membershipIn(actor, located.orgId);
  if (!membership) throw notFound("conversation");
  if (!allows(actor, needs)) throw forbidden("missing_scope");
  return run(scope, async (tx) => {
    const conversation = await conversationRow(tx, conversationId);
    await requireSight(tx, membership, conversation);
    return { scope, audience: "staff", side: "member", conversation, membership };
  });
}

async function conversationRow(tx: Tx, id: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(schema.conversation).where(eq(schema.conversation.id, id));
  if (!row) throw notFound("conversation");
  return row;
}

async function requireSight(tx: Tx, membership: Membership, conversation: ConversationRow): Promise<void> {
  const { ticket } = schema;
  const [last] = await tx
    .select()
    .from(ticket)
    .where(and(eq(ticket.conversationId, conversation.id)))
    .orderBy(desc(ticket.openedAt), desc(ticket.id))
    .limit(1);
  // A conversation of a blocked contact may hold messages and no ticket: only admins look at those.
  const sees = last ? (await rightsOf(tx, membership, last)).rights.see : membership.role === "admin";
  if (!sees) throw notFound("conversation");
}
