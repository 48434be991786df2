import { and, count, desc, eq, gte, ilike, inArray, isNull, or, type SQL, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { inScope, type Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { TicketState, WaitingOn } from "~db/schema/tickets";
import { requireMembership } from "../desk/load-for-member.server";
import { readsFrom, seesArea, ticketRights } from "../policy";
import type { Ticket, TicketEvent } from "../ticket-view";
import type { TicketViewName } from "../views";
import { organisationOfTicket } from "./locate.server";
import { type SummaryRow, selectSummaries, toSummary, toTicketEvent } from "./summarise.server";

export type TicketFilter = {
  view?: TicketViewName;
  state?: TicketState;
  areaId?: string;
  /** A member's id, or `none` for unassigned. */
  assignee?: string;
  contactId?: string;
  waitingOn?: WaitingOn;
  /** Part of the contact's name or a ticket's number. */
  q?: string;
  /** These only. */
  ids?: readonly string[];
};

const { ticket, contact } = schema;

/** The areas whose tickets a member sees, whoever has them. */
export async function visibleAreas(tx: Tx, membership: Membership): Promise<string[]> {
  const areas = await tx.select().from(schema.area);
  return areas.filter((area) => seesArea(membership, area)).map((area) => area.id);
}

/** What R10 lets a member see, as SQL; built from the same function that judges one ticket. */
export async function visibleTo(tx: Tx, membership: Membership): Promise<SQL | undefined> {
  const seen = await visibleAreas(tx, membership);
  const { ticketReader } = schema;
  const called = tx.select({ id: ticketReader.ticketId }).from(ticketReader);
  return or(
    seen.length ? inArray(ticket.areaId, seen) : sql`false`,
    eq(ticket.assigneeId, membership.memberId),
    inArray(ticket.id, called.where(eq(ticketReader.memberId, membership.memberId))),
  );
}

function viewFilter(view: TicketViewName, membership: Membership): SQL | undefined {
  switch (view) {
    case "mine":
      return and(eq(ticket.assigneeId, membership.memberId), eq(ticket.state, "open"));
    case "queue":
      return and(
        eq(ticket.state, "open"),
        isNull(ticket.assigneeId),
        membership.role === "admin" ? undefined : inArray(ticket.areaId, [...membership.areaIds]),
      );
    case "all":
      return undefined;
    default:
      return eq(ticket.state, view);
  }
}

function filterOf(filter: TicketFilter, membership: Membership): (SQL | undefined)[] {
  const q = filter.q?.replaceAll("\u0000", "").toWellFormed().trim();
  return [
    filter.view && viewFilter(filter.view, membership),
    filter.state && eq(ticket.state, filter.state),
    filter.areaId ? eq(ticket.areaId, filter.areaId) : undefined,
    filter.assignee === "none" ? isNull(ticket.assigneeId) : undefined,
    filter.assignee && filter.assignee !== "none" ? eq(ticket.assigneeId, filter.assignee) : undefined,
    filter.contactId ? eq(ticket.contactId, filter.contactId) : undefined,
    filter.waitingOn && eq(ticket.waitingOn, filter.waitingOn),
    filter.ids && inArray(ticket.id, [...filter.ids]),
    q ? or(ilike(contact.name, `%${q.replace(/[\\%_]/g, "\\$&")}%`), numberFilter(q)) : undefined,
  ];
}

const numberFilter = (q: string) => (/^#?\d{1,9}$/.test(q) ? eq(ticket.number, Number(q.replace("#", ""))) : undefined);

const CURSOR = /^(\d{1,13})\.([0-9a-f-]{36})$/;

function afterCursor(cursor: string | null | undefined): SQL | undefined {
  if (!cursor) return undefined;
  const [, at, id] = CURSOR.exec(cursor) ?? [];
  if (!at || !isUuid(id)) throw invalid("cursor_invalid");
  return sql`(${ticket.lastActivityAt}, ${ticket.id}) < (${new Date(Number(at)).toISOString()}::timestamptz, ${id}::uuid)`;
}

const withRights = (row: SummaryRow, membership: Membership): Ticket => ({
  ...toSummary(row, readsFrom(membership, row)),
  can: ticketRights(membership, row.ticket, row.area, row.readers.includes(membership.memberId)),
});

/** Tickets for a member, whom the caller knows to be one who may look; `can` says what is still theirs to do. */
export async function showTickets(tx: Tx, membership: Membership, ticketIds: readonly string[]): Promise<Ticket[]> {
  if (ticketIds.length === 0) return [];
  const rows = await selectSummaries(tx).where(inArray(ticket.id, [...ticketIds]));
  return rows.map((row) => withRights(row, membership));
}

/** A row of a reader's list: `read_seq` is how far they have read. */
export type ListedTicket = Ticket & { read_seq: number };
export type TicketPage = { tickets: ListedTicket[]; nextCursor: string | null };

/** A page of the tickets that a member sees, the newest activity first. */
export async function listTickets(
  actor: Actor,
  orgId: string,
  filter: TicketFilter,
  page: { cursor?: string | null; limit: number },
): Promise<TicketPage> {
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId, accountId: account.accountId }, async (tx) => {
    const rows = await selectSummaries(tx, account.accountId)
      .where(and(await visibleTo(tx, membership), ...filterOf(filter, membership), afterCursor(page.cursor)))
      .orderBy(desc(ticket.lastActivityAt), desc(ticket.id))
      .limit(page.limit + 1);
    const kept = rows.slice(0, page.limit);
    const last = kept.at(-1)?.ticket;
    return {
      tickets: kept.map((row) => ({ ...withRights(row, membership), read_seq: row.readSeq })),
      nextCursor: rows.length > page.limit && last ? `${last.lastActivityAt.getTime()}.${last.id}` : null,
    };
  });
}

/** How many tickets each view holds for this member, exactly. */
export async function countTickets(actor: Actor, orgId: string): Promise<Record<TicketViewName, number>> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, async (tx) => {
    const mine = viewFilter("mine", membership);
    const queue = viewFilter("queue", membership);
    const [row] = await tx
      .select({
        mine: count(sql`case when ${mine} then 1 end`),
        queue: count(sql`case when ${queue} then 1 end`),
        bot: count(sql`case when ${ticket.state} = 'bot' then 1 end`),
        open: count(sql`case when ${ticket.state} = 'open' then 1 end`),
        closed: count(sql`case when ${ticket.state} = 'closed' then 1 end`),
        all: count(),
      })
      .from(ticket)
      .where(await visibleTo(tx, membership));
    return row ?? { mine: 0, queue: 0, bot: 0, open: 0, closed: 0, all: 0 };
  });
}

/**
 * One ticket as this member sees it.
 * @throws AppError 404 when it is not of an organisation of theirs, or not theirs to see
 */
export async function getTicket(actor: Actor, ticketId: string): Promise<Ticket & { org_id: string }> {
  const { ticket, orgId } = await seeTicket(actor, ticketId);
  return { ...ticket, org_id: orgId };
}

/** The same, with whether a note called them into it and from which message on they read it. */
export async function seeTicket(actor: Actor, ticketId: string) {
  const orgId = await organisationOfTicket(ticketId);
  const { membership } = requireMembership(actor, orgId, "tickets:read", "ticket");
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
      close_reason: (row.lastSeq ?? fromSeq) < fromSeq ? null : row.closeReason,
    })),
    events: events.map(toTicketEvent),
  };
}

/** Who may be given a ticket: members with their areas, how many open tickets each has, and whether they are there. */
export async function listAssignees(actor: Actor, orgId: string) {
  requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, async (tx) => {
    const { member, account, areaMember } = schema;
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
        open: sql<number>`(select count(*)::int from ${ticket} where ${ticket.assigneeId} = ${member.id} and ${ticket.state} = 'open')`,
      })
      .from(member)
      .innerJoin(account, eq(account.id, member.accountId))
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
      .select({ id: area.id, name: area.name, visibility: area.visibility, reply_mode: area.replyMode })
      .from(area)
      .where(isNull(area.archivedAt))
      .orderBy(area.position, area.name);
  });
}
