import { and, desc, eq } from "drizzle-orm";
import type { AccountActor, Actor, Membership } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import { partOf } from "~/modules/chats/index.server";
import type { ConversationRow, Reading } from "~/modules/messaging/index.server";
import type { Scope, Tx } from "~/platform/db.server";
import { forbidden, notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import { membershipNow, rightsOf } from "../desk/load-for-member.server";
import { isCustomer } from "../desk/send-message.server";
import { readsFrom } from "../policy";
import { locateConversation } from "./locate.server";

/** How an actor may look at a conversation. */
export type ConversationAccess = Reading & {
  scope: Scope;
  side: "customer" | "member" | "participant";
  conversation: ConversationRow;
  membership: Membership | null;
  /** A stranger's chat that was not accepted: nothing of its reading is told. */
  unaccepted?: boolean;
};

/** For what a conversation is looked at: a card shows a ticket, which a token of tickets reads. */
export type Need = "messages:read" | "messages:write" | "tickets:read";

/**
 * The one question behind reading a conversation's page, its API and its hub topic, asked in the reader's own
 * transaction: the customer sees their own, a member what the conversation's newest ticket lets them see, an account the
 * chats in which it takes part. `needs` is what an API token must be allowed.
 * @throws AppError 404 for everyone else
 */
export async function accessConversation(
  actor: Actor,
  conversationId: string,
  run: <T>(scope: Scope, work: (tx: Tx) => Promise<T>) => Promise<T>,
  needs: Need = "messages:read",
): Promise<ConversationAccess> {
  const located = await locateConversation(conversationId);
  const scope: Scope = {
    orgId: located.orgId ?? undefined,
    accountId: actor.kind === "account" ? actor.accountId : undefined,
  };
  if (isCustomer(actor, located, conversationId)) {
    const conversation = await run(scope, (tx) => conversationRow(tx, conversationId));
    return { scope, ...PUBLIC, side: "customer", conversation, membership: null };
  }
  if (located.kind !== "customer") {
    if (actor.kind !== "account") throw notFound("conversation");
    return accessChat(actor, { id: conversationId, ...located }, scope, run, needs);
  }
  const membership = membershipIn(actor, located.orgId);
  if (!membership) throw notFound("conversation");
  if (!allows(actor, needs)) throw forbidden("missing_scope");
  return run(scope, async (tx) => {
    const conversation = await conversationRow(tx, conversationId);
    const sight = await requireSight(tx, membership, conversation);
    return { scope, audience: "staff", side: "member", conversation, ...sight };
  });
}

/** Customers and those who take part read all that is said to them. */
const PUBLIC = { audience: "public", fromSeq: 0 } as const;

type Run = Parameters<typeof accessConversation>[2];

async function accessChat(
  actor: AccountActor,
  chat: Parameters<typeof partOf>[2],
  scope: Scope,
  run: Run,
  needs: string,
) {
  return run(scope, async (tx): Promise<ConversationAccess> => {
    const part = await partOf(tx, actor, chat);
    if (!part) throw notFound("conversation");
    if (!allows(actor, needs)) throw forbidden("missing_scope");
    const conversation = await conversationRow(tx, chat.id);
    const unaccepted = !part.accepted;
    return { scope, ...PUBLIC, side: "participant", conversation, membership: null, unaccepted };
  });
}

async function conversationRow(tx: Tx, id: string): Promise<ConversationRow> {
  const [row] = await tx.select().from(schema.conversation).where(eq(schema.conversation.id, id));
  if (!row) throw notFound("conversation");
  return row;
}

/** Returns the membership as it is now, and from which number on they read it. */
async function requireSight(tx: Tx, asLetIn: Membership, conversation: ConversationRow) {
  const { ticket } = schema;
  const [last] = await tx
    .select()
    .from(ticket)
    .where(and(eq(ticket.conversationId, conversation.id)))
    .orderBy(desc(ticket.openedAt), desc(ticket.id))
    .limit(1);
  // A conversation of a blocked contact may hold messages and no ticket: only admins look at those.
  const now = last ? await rightsOf(tx, asLetIn, last) : null;
  const membership = now?.membership ?? (await membershipNow(tx, asLetIn));
  const sees = now ? now.rights.see : membership.role === "admin";
  if (!sees) throw notFound("conversation");
  return { membership, fromSeq: readsFrom(membership, last) };
}
