import { and, desc, eq, isNull, lt } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { inScope, type Tx } from "~/platform/db.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { requireMembership } from "../desk/load-for-member.server";
import { noticesRead } from "../events";
import { showTickets } from "../reading/read-tickets.server";
import type { Notice } from "../ticket-view";

const { notice } = schema;

export type NoticePage = { notices: Notice[]; unread: number; nextCursor: string | null };

const LIMIT = 100;

/** A member's notices, the newest first; `unread` counts all of them, up to 100. One of a ticket out of sight says no more than its number. */
export async function listNotices(
  actor: Actor,
  orgId: string,
  page: { cursor?: string | null; limit: number },
): Promise<NoticePage> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  if (page.cursor && !isUuid(page.cursor)) throw invalid("cursor_invalid");
  const mine = eq(notice.memberId, membership.memberId);
  return inScope({ orgId }, async (tx) => {
    const rows = await tx
      .select()
      .from(notice)
      .where(and(mine, page.cursor ? lt(notice.id, page.cursor) : undefined))
      .orderBy(desc(notice.id))
      .limit(page.limit + 1);
    const kept = rows.slice(0, page.limit);
    const tickets = await showTickets(tx, membership, [...new Set(kept.map((row) => row.ticketId))]);
    const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
    const unread = await unreadOf(tx, membership.memberId);
    return {
      notices: kept.map((row) => {
        const ticket = byId.get(row.ticketId);
        return {
          id: row.id,
          kind: row.kind,
          ticket_id: row.ticketId,
          by: row.byName,
          reason: ticket?.can.see ? row.reason : null,
          others: row.others,
          created_at: row.createdAt.toISOString(),
          read_at: row.readAt?.toISOString() ?? null,
          number: ticket?.number ?? null,
          contact: ticket?.can.see ? ticket.contact.name : null,
        };
      }),
      unread,
      nextCursor: rows.length > page.limit ? (kept.at(-1)?.id ?? null) : null,
    };
  });
}

async function unreadOf(tx: Tx, memberId: string, ticketId?: string): Promise<number> {
  const rows = await tx
    .select({ id: notice.id })
    .from(notice)
    .where(
      and(eq(notice.memberId, memberId), isNull(notice.readAt), ticketId ? eq(notice.ticketId, ticketId) : undefined),
    )
    .limit(LIMIT);
  return rows.length;
}

/** How many of one's own notices were not read, up to 100: of one ticket, or of all. */
export async function countNotices(actor: Actor, orgId: string, ticketId?: string): Promise<number> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, (tx) => unreadOf(tx, membership.memberId, ticketId));
}

/**
 * Marks one's own notices of a ticket as read, or, without one, all; the member's other screens hear of it.
 * @throws AppError 404 where there never was one of that ticket
 */
export async function readNotices(actor: Actor, orgId: string, ticketId?: string): Promise<void> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  if (ticketId !== undefined && !isUuid(ticketId)) throw notFound("ticket");
  const { memberId } = membership;
  await transact(actor, { orgId }, async (ctx) => {
    const rows = await ctx.tx
      .update(notice)
      .set({ readAt: ctx.now })
      .where(
        and(eq(notice.memberId, memberId), isNull(notice.readAt), ticketId ? eq(notice.ticketId, ticketId) : undefined),
      )
      .returning({ id: notice.id });
    if (rows.length === 0 && ticketId) {
      const known = and(eq(notice.memberId, memberId), eq(notice.ticketId, ticketId));
      if ((await ctx.tx.$count(notice, known)) === 0) throw notFound("ticket");
    }
    if (rows.length > 0) ctx.emit(noticesRead, { orgId, memberId, ticketId: ticketId ?? null });
  });
}
