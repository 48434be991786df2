import { eq, sql } from "drizzle-orm";
import { enqueue } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import type { NoticeKind } from "~db/schema/notices";
import type { TicketContext, Touched, Who } from "../desk/change-ticket.server";
import { placeIn } from "../desk/change-ticket.server";
import { notify } from "../notices/notify.server";
import type { TicketEventRow } from "../reading/summarise.server";
import { areaAudience } from "./area-audience.server";
import { assignJob, assignKey } from "./assign-job";
import { entersQueue } from "./enters-queue";
import { BY_SYSTEM, giveTicket } from "./give-ticket.server";

/**
 * What follows of the changes of a transaction, in it: a ticket that came into a queue is given to somebody or its area is
 * told, who got one is told, and room that was made is filled (R5, R12). A verb that answers with the ticket calls it
 * first; what was settled is not settled again.
 */
export async function settle(ctx: TicketContext): Promise<void> {
  for (const touched of ctx.touched.values()) {
    const was = touched.settled;
    const line = touched.lines.at(-1);
    if (entersQueue(was, placeIn(touched.row), line)) await enter(ctx, touched, line);
    const holder = touched.row.assigneeId;
    if (holder && holder !== was?.assigneeId) await tellAssignee(ctx, touched, holder);
    if (was?.assigneeId && was.assigneeId !== holder) await fillRoom(ctx, touched.row.orgId, was.assigneeId);
    touched.settled = placeIn(touched.row);
  }
}

const whoOf = (line: TicketEventRow | undefined): Who =>
  line ? { kind: line.actorKind, id: line.actorId, name: line.actorName } : BY_SYSTEM;

async function enter(ctx: TicketContext, { row }: Touched, line: TicketEventRow | undefined): Promise<void> {
  const { conversation } = schema;
  const [home] = await ctx.tx.select().from(conversation).where(eq(conversation.id, row.conversationId));
  if (!home) throw new Error(`ticket ${row.id} has no conversation`);
  const given = await giveTicket(ctx, home, row, false);
  if (given === "given") return;
  if (given === "behind") await enqueue(ctx.tx, assignJob, { orgId: row.orgId }, { key: assignKey(row.orgId) });
  const by = whoOf(line);
  const told = await areaAudience(ctx.tx, row, by.id);
  await notify(ctx, told, {
    kind: noticeOf(line),
    orgId: row.orgId,
    ticketId: row.id,
    by,
    reason: line?.reason ?? null,
  });
}

function noticeOf(line: TicketEventRow | undefined): NoticeKind {
  if (line?.kind === "returned") return "returned";
  if (line?.kind !== "transferred") return "queued";
  return line.reason === "overflow" ? "overflowed" : "transferred";
}

async function tellAssignee(ctx: TicketContext, { row, lines }: Touched, memberId: string): Promise<void> {
  const line = lines.findLast(({ after }) => after?.assignee_id === memberId) ?? lines.at(-1);
  await notify(ctx, [memberId], {
    kind: "assigned",
    orgId: row.orgId,
    ticketId: row.id,
    by: whoOf(line),
    reason: line?.reason ?? null,
  });
}

/** A member has one ticket less: what waits in areas of theirs may be for them. */
async function fillRoom(ctx: TicketContext, orgId: string, memberId: string): Promise<void> {
  const { rows } = await ctx.tx.execute(sql`
    select 1 from area_member am join area a on a.id = am.area_id and a.assignment <> 'manual'
    where am.member_id = ${memberId} and exists (select from ticket t where t.org_id = ${orgId} and t.area_id = a.id
      and t.queued_at is not null and t.waiting_on = 'agent')
    limit 1`);
  if (rows.length > 0) await enqueue(ctx.tx, assignJob, { orgId }, { key: assignKey(orgId) });
}
