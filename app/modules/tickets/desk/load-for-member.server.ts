import { and, eq, isNull, sql } from "drizzle-orm";
import type { AccountActor, Actor, Membership } from "~/modules/accounts";
import { allows, membershipIn } from "~/modules/accounts";
import { type ConversationRow, lockConversation } from "~/modules/messaging/index.server";
import type { Tx } from "~/platform/db.server";
import { forbidden, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type TicketRights, ticketRights } from "../policy";
import type { AreaRow, TicketRow } from "../reading/summarise.server";
import type { TicketContext, Who } from "../ticket-context.server";

export type LoadedTicket = {
  ticket: TicketRow;
  area: AreaRow;
  conversation: ConversationRow;
  rights: TicketRights;
  /** As it is in this transaction. */
  membership: Membership;
};

/**
 * The membership by which an actor works in an organisation. `asked` is what was asked for: somebody else's must be
 * refused in the same words as what does not exist.
 * @throws AppError 404 where there is none, so that it tells nothing; 403 where an API token's scopes do not reach
 */
export function requireMembership(
  actor: Actor,
  orgId: string,
  scope: string,
  asked: "organisation" | "ticket" = "organisation",
): { actor: AccountActor; membership: Membership } {
  const membership = membershipIn(actor, orgId);
  if (actor.kind !== "account" || !membership) throw notFound(asked);
  if (!allows(actor, scope)) throw forbidden("missing_scope");
  return { actor, membership };
}

export const whoIs = (actor: AccountActor, membership: Membership): Who => ({
  kind: "member",
  id: membership.memberId,
  name: actor.name,
});

/**
 * A membership by the role and the areas that it has at this moment.
 * @throws AppError 404 for a member who left
 */
export async function membershipNow(tx: Tx, membership: Membership): Promise<Membership> {
  const { member } = schema;
  const [found] = await tx
    .select({ role: member.role, areaIds: areasOf(membership) })
    .from(member)
    .where(and(eq(member.id, membership.memberId), isNull(member.removedAt)));
  if (!found) throw notFound("organisation");
  return { ...membership, ...found };
}

function areasOf({ memberId }: Membership) {
  const { areaMember } = schema;
  return sql<
    string[]
  >`array(select ${areaMember.areaId} from ${areaMember} where ${areaMember.memberId} = ${memberId})`;
}

/**
 * What a member may with a ticket, by the role and the areas that they have at this moment: they may have changed since the
 * request was let in. The membership is handed back as it is now.
 * @throws AppError 404 for a member who left
 */
export async function rightsOf(
  tx: Tx,
  membership: Membership,
  ticket: TicketRow,
): Promise<Pick<LoadedTicket, "area" | "rights" | "membership">> {
  const { area, member, ticketReader } = schema;
  const { memberId } = membership;
  const [found] = await tx
    .select({
      area,
      called: ticketReader.memberId,
      role: member.role,
      areaIds: areasOf(membership),
    })
    .from(area)
    .innerJoin(member, and(eq(member.id, memberId), isNull(member.removedAt)))
    .leftJoin(ticketReader, and(eq(ticketReader.ticketId, ticket.id), eq(ticketReader.memberId, memberId)))
    .where(eq(area.id, ticket.areaId));
  if (!found) throw notFound("ticket");
  const { role, areaIds } = found;
  const now = { ...membership, role, areaIds };
  return {
    area: found.area,
    rights: ticketRights(now, ticket, found.area, found.called !== null),
    membership: now,
  };
}

/**
 * A ticket that the member may see, with its conversation locked and the ticket read again under the lock (I4).
 * @throws AppError 404 when there is none in this organisation, or none that the member may see
 */
export async function lockTicket(ctx: TicketContext, membership: Membership, ticketId: string): Promise<LoadedTicket> {
  if (!isUuid(ticketId)) throw notFound("ticket");
  const { ticket } = schema;
  const [place] = await ctx.tx
    .select({ conversationId: ticket.conversationId })
    .from(ticket)
    .where(eq(ticket.id, ticketId));
  const conversation = place && (await lockConversation(ctx, place.conversationId));
  const [row] = conversation ? await ctx.tx.select().from(ticket).where(eq(ticket.id, ticketId)) : [];
  if (!row || !conversation) throw notFound("ticket");
  const found = await rightsOf(ctx.tx, membership, row);
  if (!found.rights.see) throw notFound("ticket");
  return { ticket: row, conversation, ...found };
}
