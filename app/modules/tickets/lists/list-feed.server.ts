import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { inScope, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { currentCursor, parseCursor } from "../reading/feed.server";
import { showTickets } from "../reading/read-tickets.server";
import type { Ticket } from "../ticket-view";
import { visibleTo } from "./visible-to.server";

/** A ticket that changed, as it is now; `rev` is its conversation's number for staff. */
export type FeedEntry = { event: "ticket.changed"; at: string; rev: number; ticket: Ticket };

/** The most changes that one page looks through; what the member does not see is among them. */
const LOOK_THROUGH = 1_000;

type ChangeRow = { cursor: string; ticket_id: string; rev: number; at: Date; seen: boolean };

/**
 * What changed in an organisation's tickets after a place of its feed, each ticket once a page, and the place reached:
 * the one to ask from next, the same as the one given when nothing is new. `0` is the oldest that is kept (30 days),
 * `now` an empty page. A ticket that left the member's sight is not told of.
 */
export async function listFeed(
  actor: Actor,
  orgId: string,
  page: { after: string; limit: number },
): Promise<{ entries: FeedEntry[]; nextCursor: string }> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, async (tx) => {
    if (page.after === "now") return { entries: [], nextCursor: await currentCursor(tx) };
    const after = page.after === "0" ? "0.0" : page.after;
    const seen = await visibleTo(tx, membership);
    const rows = await changesAfter(tx, orgId, after, seen);
    const { news, nextCursor } = upTo(rows, page.limit);
    const tickets = await showTickets(tx, membership, [...news.keys()]);
    const entries = tickets.flatMap((ticket): FeedEntry[] => {
      const row = news.get(ticket.id);
      return row ? [{ event: "ticket.changed", at: new Date(row.at).toISOString(), rev: row.rev, ticket }] : [];
    });
    const place = [...news.keys()];
    entries.sort((a, b) => place.indexOf(a.ticket.id) - place.indexOf(b.ticket.id));
    return { entries, nextCursor: nextCursor ?? after };
  });
}

/** Reads only what is complete: see decision 004. */
async function changesAfter(tx: Tx, orgId: string, after: string, seen: SQL): Promise<ChangeRow[]> {
  const from = parseCursor(after);
  const { change, ticket, conversation } = schema;
  const { rows } = await tx.execute<ChangeRow>(sql`
    select ${change.xid}::text || '.' || ${change.id} as cursor, ${change.ticketId} as ticket_id,
      ${change.createdAt} as at, ${conversation.rev} as rev, coalesce(${seen}, false) as seen
    from (select * from change
      where org_id = ${orgId} and ticket_id is not null and (xid, id) > (${from.xid}::text::xid8, ${from.id}::bigint)
        and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by xid, id limit ${LOOK_THROUGH}) change
    join ${ticket} on ${ticket.id} = ${change.ticketId}
    join ${conversation} on ${conversation.id} = ${ticket.conversationId}
    order by ${change.xid}, ${change.id}`);
  return rows;
}

/** The newest change of each ticket in sight, until the page is full. */
function upTo(rows: readonly ChangeRow[], limit: number) {
  const news = new Map<string, ChangeRow>();
  let nextCursor: string | undefined;
  for (const row of rows) {
    if (row.seen) {
      if (news.size === limit && !news.has(row.ticket_id)) break;
      news.delete(row.ticket_id);
      news.set(row.ticket_id, row);
    }
    nextCursor = row.cursor;
  }
  return { news, nextCursor };
}
