import { and, desc, eq, isNull, lt, or } from "drizzle-orm";
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
import { newNotice } from "./notify.server";

const { notice } = schema;

export type NoticePage = { notices: Notice[]; unread: number; nextCursor: string | null };

const LIMIT = 100;

/** A member's notices, the newest first; `unread` counts all of them, up to 100. One of a ticket out of sight says no more than its number; one of a webhook is told whole. */
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
    const tickets = await showTickets(tx, membership, [...new Set(kept.flatMap(({ ticketId }) => ticketId ?? []))]);
    const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
    const unread = await unreadOf(tx, membership.memberId);
    return {
      notices: kept.map((row) => {
        const ticket = row.ticketId ? byId.get(row.ticketId) : undefined;
        return {
          ...newNotice(row),
          reason: row.webhookId || ticket?.can.see ? row.reason : null,
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

/** Those of a ticket, of a webhook, or of both; with neither, all. */
export type NoticesOf = { ticketId?: string; webhookId?: string };

const mineOf = (memberId: string, { ticketId, webhookId }: NoticesOf) =>
  and(
    eq(notice.memberId, memberId),
    or(ticketId ? eq(notice.ticketId, ticketId) : undefined, webhookId ? eq(notice.webhookId, webhookId) : undefined),
  );

async function unreadOf(tx: Tx, memberId: string, chosen: NoticesOf = {}): Promise<number> {
  const rows = await tx
    .select({ id: notice.id })
    .from(notice)
    .where(and(mineOf(memberId, chosen), isNull(notice.readAt)))
    .limit(LIMIT);
  return rows.length;
}

/** How many of one's own notices were not read, up to 100. */
export async function countNotices(actor: Actor, orgId: string, chosen: NoticesOf = {}): Promise<number> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  return inScope({ orgId }, (tx) => unreadOf(tx, membership.memberId, chosen));
}

/**
 * Marks one's own notices as read: those of a ticket or a webhook, or, with neither named, all; the member's other
 * screens hear of it.
 * @throws AppError 404 where there never was one of it
 */
export async function readNotices(actor: Actor, orgId: string, chosen: NoticesOf = {}): Promise<void> {
  const { membership } = requireMembership(actor, orgId, "tickets:read");
  const { ticketId, webhookId } = chosen;
  for (const id of [ticketId, webhookId])
    if (id !== undefined && !isUuid(id)) throw notFound(ticketId ? "ticket" : "webhook");
  const { memberId } = membership;
  await transact(actor, { orgId }, async (ctx) => {
    const rows = await ctx.tx
      .update(notice)
      .set({ readAt: ctx.now })
      .where(and(mineOf(memberId, chosen), isNull(notice.readAt)))
      .returning({ id: notice.id });
    if (rows.length > 0)
      return ctx.emit(noticesRead, { orgId, memberId, ticketId: ticketId ?? null, webhookId: webhookId ?? null });
    if (!ticketId && !webhookId) return;
    if ((await ctx.tx.$count(notice, mineOf(memberId, chosen))) === 0) throw notFound(ticketId ? "ticket" : "webhook");
  });
}
