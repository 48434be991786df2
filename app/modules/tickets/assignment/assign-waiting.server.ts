import { and, eq, isNull, ne, sql } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { lockConversation } from "~/modules/messaging/index.server";
import { inScope } from "~/platform/db.server";
import { defineJob } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import type { AreaRow } from "../reading/summarise.server";
import { ticketVerb } from "../ticket-context.server";
import { assignJob } from "./assign-job";
import { giveTicket } from "./give-ticket.server";
import { queueOrder, readCandidates, waitsInQueue } from "./queue.server";

/** The most of one queue that is looked at in a round; the next one goes on. */
const MOST = 500;

/** Room was made: gives out what waits. */
export const assignQueues = defineJob({ ...assignJob, run: ({ orgId }) => assignWaiting(orgId) });

/**
 * Gives out what waits in an organisation's queues, in their order, while somebody may take more (R12): when an agent is
 * there again, has less, or the settings are others. One transaction a ticket; safe to run again, and by several at once.
 */
export async function assignWaiting(orgId: string): Promise<void> {
  const { area } = schema;
  const areas = await inScope({ orgId }, (tx) =>
    tx
      .select()
      .from(area)
      .where(and(eq(area.orgId, orgId), ne(area.assignment, "manual"), isNull(area.archivedAt))),
  );
  for (const one of areas) await assignQueue(orgId, one);
}

async function assignQueue(orgId: string, area: AreaRow): Promise<void> {
  const { ticket } = schema;
  const { queue, candidates } = await inScope({ orgId }, async (tx) => {
    const waiting = await tx
      .select({ id: ticket.id, conversationId: ticket.conversationId, skip: ticket.skipMemberIds })
      .from(ticket)
      .where(and(eq(ticket.orgId, orgId), eq(ticket.areaId, area.id), waitsInQueue))
      .orderBy(queueOrder)
      .limit(MOST);
    return { queue: waiting, candidates: waiting.length > 0 ? await readCandidates(tx, area, false) : [] };
  });
  const room = new Map(candidates.map(({ memberId, cap, open }) => [memberId, cap - open]));
  let left = [...room.values()].reduce((sum, free) => sum + Math.max(0, free), 0);
  for (const waiting of queue) {
    if (left <= 0) return;
    const hope = [...room].some(([memberId, free]) => free > 0 && !waiting.skip.includes(memberId));
    if (hope && (await giveInTurn(orgId, waiting))) left--;
  }
}

function giveInTurn(orgId: string, at: { id: string; conversationId: string }): Promise<boolean> {
  return ticketVerb(SYSTEM, { orgId }, async (ctx) => {
    const conversation = await lockConversation(ctx, at.conversationId);
    const live = conversation && (await findLiveTicket(ctx, at.conversationId));
    if (!conversation || live?.id !== at.id || live.state !== "open" || live.assigneeId || live.snoozedUntil)
      return false;
    return (await giveTicket(ctx, conversation, live, true)) === "given";
  });
}

/** The organisations in whose queues something waits that is given out by itself. */
export async function organisationsWaiting(tx: Parameters<Parameters<typeof inScope>[1]>[0]): Promise<string[]> {
  const { ticket, area } = schema;
  const rows = await tx
    .selectDistinct({ orgId: ticket.orgId })
    .from(ticket)
    .innerJoin(area, eq(area.id, ticket.areaId))
    .where(and(ne(area.assignment, "manual"), waitsInQueue, sql`${area.archivedAt} is null`));
  return rows.map(({ orgId }) => orgId);
}
