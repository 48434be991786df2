import { and, eq, gt, inArray, isNull, sql } from "drizzle-orm";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { NoticeKind } from "~db/schema/notices";
import { noticeCreated } from "../events";
import type { Who } from "../ticket-context.server";
import type { NewNotice } from "../ticket-view";

const { notice } = schema;

export type NoticeDraft = {
  kind: NoticeKind;
  orgId: string;
  /** What it is of: one of the two. */
  ticketId?: string;
  webhookId?: string;
  by: Pick<Who, "id" | "name">;
  reason?: string | null;
};

/** So many of one kind a member gets one by one within the time; what comes beyond them joins the last (TE7). */
const FEW = 5;
const WITHIN_MS = 60_000;
/** What anybody's message may cause; of the others each colleague's are counted by themselves. */
const OF_ANYBODY: ReadonlySet<NoticeKind> = new Set(["queued", "overflowed"]);

type NoticeRow = typeof notice.$inferSelect;

/**
 * Lets members know of a ticket, or of a webhook that switched itself off, each once a call, within the transaction that caused it (R5, R12, R16): a row that stays
 * until it is read, told to their screens after the commit. Whoever caused it is not told. Of a flood five are told one by
 * one, and the last of them stands for the rest.
 * @param memberIds of the organisation
 */
export async function notify(ctx: Context, memberIds: readonly string[], draft: NoticeDraft): Promise<void> {
  const told = [...new Set(memberIds)].filter((id) => id !== draft.by.id);
  if (told.length === 0) return;
  const joined = await joinLast(ctx, told, draft);
  const rest = told.filter((id) => !joined.some(({ memberId }) => memberId === id));
  const made = rest.length > 0 ? await insertRows(ctx, rest, draft) : [];
  for (const row of [...joined, ...made])
    ctx.emit(noticeCreated, { orgId: row.orgId, memberId: row.memberId, notice: newNotice(row) });
}

export const newNotice = (row: NoticeRow): NewNotice => ({
  id: row.id,
  kind: row.kind,
  ticket_id: row.ticketId,
  webhook_id: row.webhookId,
  by: row.byName,
  reason: row.reason,
  others: row.others,
  created_at: row.createdAt.toISOString(),
});
const insertRows = (ctx: Context, memberIds: readonly string[], draft: NoticeDraft): Promise<NoticeRow[]> =>
  ctx.tx
    .insert(notice)
    .values(
      memberIds.map((memberId) => ({
        id: newId(),
        orgId: draft.orgId,
        memberId,
        kind: draft.kind,
        ticketId: draft.ticketId ?? null,
        webhookId: draft.webhookId ?? null,
        byName: draft.by.name,
        reason: draft.reason ?? null,
        createdAt: ctx.now,
      })),
    )
    .returning();

/** Where a member had enough of its kind just now, it is added to the last of them. Rows are locked in the order of their ids. */
async function joinLast(ctx: Context, memberIds: string[], { kind, by }: NoticeDraft): Promise<NoticeRow[]> {
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

/** Lets an organisation's admins know of something that nobody did. @see notify */
export async function notifyAdmins(ctx: Context, draft: NoticeDraft): Promise<void> {
  const { member } = schema;
  const admins = await ctx.tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.orgId, draft.orgId), eq(member.role, "admin"), isNull(member.removedAt)));
  await notify(
    ctx,
    admins.map(({ id }) => id),
    draft,
  );
}
