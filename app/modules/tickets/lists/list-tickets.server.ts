import { inArray } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import { inScope, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { withRights } from "../reading/read-tickets.server";
import { selectSummaries } from "../reading/summarise.server";
import type { Ticket } from "../ticket-view";
import { cursorOf, inOrderOf, orderOf } from "./list-order";
import { pickTickets } from "./pick-tickets.server";
import type { TicketFilter } from "./ticket-filter.server";

/** A row of a reader's list: `read_seq` is how far they have read. */
export type ListedTicket = Ticket & { read_seq: number };
export type TicketPage = { tickets: ListedTicket[]; nextCursor: string | null };

/**
 * A page of the tickets that a member sees: a queue as it is to be served, others with the newest activity first. Where much
 * has to be looked through, a page may hold fewer than asked for, even none, and still have a next one.
 * @throws AppError `cursor_invalid`
 */
export async function listTickets(
  actor: Actor,
  orgId: string,
  filter: TicketFilter,
  page: { cursor?: string | null; limit: number; horizon?: number },
): Promise<TicketPage> {
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId, accountId: account.accountId }, (tx) =>
    listTicketsIn(tx, { accountId: account.accountId, membership }, filter, page),
  );
}

/** The same in a transaction of the reader's scope, for who has asked for the membership. */
export async function listTicketsIn(
  tx: Tx,
  { accountId, membership }: { accountId: string; membership: Membership },
  filter: TicketFilter,
  page: { cursor?: string | null; limit: number; horizon?: number },
): Promise<TicketPage> {
  const { limit } = page;
  const { ids, behind } = await pickTickets(tx, membership, filter, { ...page, limit: limit + 1 });
  const shown = ids.slice(0, limit);
  const rows = shown.length ? await selectSummaries(tx, accountId).where(inArray(schema.ticket.id, shown)) : [];
  const tickets = rows
    .map((row) => ({ ...withRights(row, membership), read_seq: row.readSeq }))
    .sort(inOrderOf(filter.view));
  const last = tickets.at(-1);
  const nextCursor = ids.length > limit && last ? cursorOf(orderOf(filter.view), last) : behind;
  return { tickets, nextCursor };
}

/** So many are counted, and no more. */
export const MOST_COUNTED = 1_000;

/** How many tickets of such a list a member sees, up to 1,000; `more` says that not all of a long history was looked through. */
export type FilterCount = { count: number; more: boolean };

/** Counts several lists at once. */
export async function countFilters(
  actor: Actor,
  orgId: string,
  filters: readonly TicketFilter[],
): Promise<FilterCount[]> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, async (tx) => {
    const counts: FilterCount[] = [];
    for (const filter of filters) {
      const { ids, behind } = await pickTickets(tx, membership, filter, { limit: MOST_COUNTED });
      counts.push({ count: ids.length, more: behind !== null });
    }
    return counts;
  });
}
