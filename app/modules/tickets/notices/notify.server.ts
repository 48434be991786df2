import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { NoticeKind } from "~db/schema/tickets";
import { noticeCreated } from "../events";
import type { TicketContext, Who } from "../ticket-context.server";

const { notice } = schema;

export type NoticeDraft = {
  kind: NoticeKind;
  ticket: { id: string; orgId: string };
  by: Who;
  reason?: string | null;
};

/** So many of one kind a member gets one by one within the time; what comes beyond them joins the last (TE7). */
const FEW = 5;
const WITHIN_MS = 60_000;
/** What anybody's message may cause; of the others each colleague's are counted by themselves. */
const OF_ANYBODY: ReadonlySet<NoticeKind> = new Set(["queued", "overflowed"]);

type NoticeRow = typeof notice.$inferSelect;

/**
 * Lets members know of a ticket, each once a call, within the transaction that caused it (R5, R12, R16): a row that stays
 * until it is read, told to their screens after the commit. Whoever caused it is not told. Of a flood five are told one by
 * one, and the last of them stands for the rest.
 * @param memberIds of the ticket's organisation
 */
export async function notify(ctx: TicketContext, memberIds: readonly string[], draft: NoticeDraft): Promise<void> {
  const told = [...new Set(memberIds)].filter((id) => id !== draft.by.id);
  if (told.length === 0) return;
  const joined = await joinLast(ctx, told, draft);
  const rest = told.filter((id) => !joined.some(({ memberId }) => memberId === id));
  const made = rest.length > 0 ? await insertRows(ctx, rest, draft) : [];
  for (const { id, memberId, kind, ticketId, byName, reason, others, createdAt } of [...joined, ...made]) {
    ctx.emit(noticeCreated, {
      orgId: draft.ticket.orgId,
      memberId,
      notice: { id, kind, ticket_id: ticketId, by: byName, reason, others, created_at: createdAt.toISOString() },
    });
  }
}

const insertRows = (ctx: TicketContext, memberIds: readonly string[], draft: NoticeDraft): Promise<NoticeRow[]> =>
  ctx.tx
    .insert(notice)
    .values(
      memberIds.map((memberId) => ({
        id: newId(),
        orgId: draft.ticket.orgId,
        memberId,
        kind: draft.kind,
        ticketId: draft.ticket.id,
        byName: draft.by.name,
        reason: draft.reason ?? null,
        createdAt: ctx.now,
      })),
    )
    .returning();

/** Where a member had enough of its kind just now, it is added to the last of them. Rows are locked in the order of their ids. */
async function joinLast(ctx: TicketContext, memberIds: string[], { kind, by }: NoticeDraft): Promise<NoticeRow[]> {
  const since = new Date(ctx.now.getTime() - WITHIN_MS);
  const alike = and(
    sql`${notice.memberId} = any(${sql.param(memberIds)}::uuid[])`,
    isNull(notice.readAt),
    eq(notice.kind, kind),
    gt(notice.createdAt, since),
    OF_ANYBODY.has(kind) ? undefined : eq(notice.byName, by.name),
  );
  const full = await ctx.tx
    .select({ last: sql<string>`(array_agg(${notice.id} order by ${notice.id} desc))[1]` })
    .from(notice)
    .where(alike)
    .groupBy(notice.memberId)
    .having(sql`count(*) >= ${FEW}`);
  if (full.length === 0) return [];
  const lasts = inArray(
    notice.id,
    full.map(({ last }) => last),
  );
  await ctx.tx.select({ id: notice.id }).from(notice).where(lasts).orderBy(notice.id).for("update");
  const others = sql`${notice.others} + 1`;
  return ctx.tx
    .update(notice)
    .set({ others })
    .where(and(lasts, isNull(notice.readAt)))
    .returning();
}
