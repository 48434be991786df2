import { and, eq, gte, inArray, isNull, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { inScope, type Tx } from "~/platform/db.server";
import { notFound } from "~/platform/errors";
import { schema } from "~db/index.server";
import type { TicketState } from "~db/schema/tickets";
import { requireMembership } from "../desk/load-for-member.server";
import { readsFrom, ticketRights } from "../policy";
import type { Ticket, TicketEvent } from "../ticket-view";
import { organisationOfTicket } from "./locate.server";
import { closeReasonFrom, type SummaryRow, selectSummaries, toSummary, toTicketEvent } from "./summarise.server";

const { ticket } = schema;

/** A row for one reader, with what they may do. */
export const withRights = (row: SummaryRow, membership: Membership): Ticket => ({
  ...toSummary(row, readsFrom(membership, row)),
  can: ticketRights(membership, row.ticket, row.area, row.readers.includes(membership.memberId)),
});

/** Tickets for a member, whom the caller knows to be one who may look; `can` says what is still theirs to do. */
export async function showTickets(tx: Tx, membership: Membership, ticketIds: readonly string[]): Promise<Ticket[]> {
  if (ticketIds.length === 0) return [];
  const rows = await selectSummaries(tx).where(inArray(ticket.id, [...ticketIds]));
  return rows.map((row) => withRights(row, membership));
}

/**
 * One ticket as this member sees it.
 * @throws AppError 404 when it is not of an organisation of theirs, or not theirs to see
 */
export async function getTicket(actor: Actor, ticketId: string): Promise<Ticket & { org_id: string }> {
  const { ticket, orgId } = await seeTicket(actor, ticketId);
  return { ...ticket, org_id: orgId };
}

/**
 * The same, with whether a note called them into it and from which message on they read it. `needs` is what an API token must
 * be allowed.
 */
export async function seeTicket(actor: Actor, ticketId: string, needs = "tickets:read") {
  const orgId = await organisationOfTicket(ticketId);
  const { membership } = requireMembership(actor, orgId, needs, "ticket");
  return inScope({ orgId }, async (tx) => {
    const [row] = await selectSummaries(tx).where(eq(ticket.id, ticketId));
    const seen = row && withRights(row, membership);
    if (!row || !seen?.can.see) throw notFound("ticket");
    const called = row.readers.includes(membership.memberId);
    return { ticket: seen, orgId, called, fromSeq: readsFrom(membership, row) };
  });
}

/** The history of a ticket, oldest first. */
export async function listTicketEvents(actor: Actor, ticketId: string): Promise<TicketEvent[]> {
  const { orgId, fromSeq } = await seeTicket(actor, ticketId);
  return inScope({ orgId }, async (tx) => {
    const { ticketEvent } = schema;
    const rows = await tx
      .select()
      .from(ticketEvent)
      .where(and(eq(ticketEvent.ticketId, ticketId), gte(ticketEvent.afterSeq, fromSeq - 1)))
      .orderBy(ticketEvent.id);
    return rows.map(toTicketEvent);
  });
}

export type EarlierTicket = {
  id: string;
  number: number;
  state: TicketState;
  first_seq: number;
  closed_at: string | null;
  close_reason: string | null;
};

/** All tickets of a conversation and their history, for the thread's dividers and thin lines; no word from before `fromSeq`. */
export async function getThreadHistory(
  tx: Tx,
  conversationId: string,
  fromSeq: number,
): Promise<{ tickets: EarlierTicket[]; events: TicketEvent[] }> {
  const { ticketEvent } = schema;
  const tickets = await tx
    .select()
    .from(ticket)
    .where(eq(ticket.conversationId, conversationId))
    .orderBy(ticket.firstSeq);
  const events = await tx
    .select()
    .from(ticketEvent)
    .where(and(eq(ticketEvent.conversationId, conversationId), gte(ticketEvent.afterSeq, fromSeq - 1)))
    .orderBy(ticketEvent.id);
  return {
    tickets: tickets.map((row) => ({
      id: row.id,
      number: row.number,
      state: row.state,
      first_seq: row.firstSeq,
      closed_at: row.closedAt?.toISOString() ?? null,
      close_reason: closeReasonFrom(row, fromSeq),
    })),
    events: events.map(toTicketEvent),
  };
}

/** Who may be given a ticket: members with their areas, how many open tickets each has, and whether they are there. */
export async function listAssignees(actor: Actor, orgId: string) {
  requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, async (tx) => {
    const { member, account, areaMember, ticketCount } = schema;
    const loads = sql`(select assignee_id, sum(n) as open from ${ticketCount}
      where ${ticketCount.orgId} = ${orgId} and state = 'open' group by assignee_id) l`;
    return tx
      .select({
        id: member.id,
        name: account.name,
        handle: account.handle,
        role: member.role,
        availability: member.availability,
        areaIds: sql<
          string[]
        >`coalesce((select json_agg(${areaMember.areaId}) from ${areaMember} where ${areaMember.memberId} = ${member.id}), '[]')`,
        open: sql<number>`coalesce(l.open, 0)::int`,
      })
      .from(member)
      .innerJoin(account, eq(account.id, member.accountId))
      .leftJoin(loads, sql`l.assignee_id = ${member.id}`)
      .where(isNull(member.removedAt))
      .orderBy(account.name);
  });
}

/** The organisation's areas that are in use. */
export async function listAreas(actor: Actor, orgId: string) {
  requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, (tx) => {
    const { area } = schema;
    return tx
      .select({
        id: area.id,
        name: area.name,
        visibility: area.visibility,
        reply_mode: area.replyMode,
        wait_limit_minutes: area.waitLimitMinutes,
      })
      .from(area)
      .where(isNull(area.archivedAt))
      .orderBy(area.position, area.name);
  });
}
