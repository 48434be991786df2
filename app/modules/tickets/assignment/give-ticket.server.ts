import { eq, sql } from "drizzle-orm";
import type { ConversationRow } from "~/modules/messaging/index.server";
import { schema } from "~db/index.server";
import { changeTicket, type TicketContext, type Who } from "../desk/change-ticket.server";
import type { AreaRow, TicketRow } from "../reading/summarise.server";
import { type Candidate, chooseAgent } from "./choose-agent";
import { readCandidates, standsBehind } from "./queue.server";

/** The product itself, as the history names it. */
export const BY_SYSTEM: Who = { kind: "system", id: null, name: "" };

export type Given = "given" | "nobody" | "behind";

/**
 * Gives a ticket that nobody has to an agent of its area, where the area does so (R12). Its conversation is locked. Two at
 * once never give one agent more than the cap: their rows are held until the end.
 * @param inTurn the caller goes through the queue in its order; else nobody who stands before it is passed over (`behind`)
 */
export async function giveTicket(
  ctx: TicketContext,
  conversation: ConversationRow,
  ticket: TicketRow,
  inTurn: boolean,
): Promise<Given> {
  const [area] = await ctx.tx.select().from(schema.area).where(eq(schema.area.id, ticket.areaId));
  if (!area || area.assignment === "manual") return "nobody";
  const candidates = await readCandidates(ctx.tx, area, true);
  const sticky = candidates.length > 0 ? await lastAgent(ctx, ticket, area) : null;
  const chosen = chooseAgent(candidates, area.assignment, { skip: ticket.skipMemberIds, sticky });
  if (!chosen) return "nobody";
  if (!inTurn && (await standsBehind(ctx.tx, ticket, chosen.memberId))) return "behind";
  const { memberId, reason } = chosen;
  await changeTicket(
    ctx,
    conversation,
    ticket,
    { assigneeId: memberId },
    { kind: "assigned", by: BY_SYSTEM, before: { assignee_id: null }, after: { assignee_id: memberId }, reason },
  );
  await noteGiven(ctx, memberId, candidates);
  return "given";
}

/** Transactions do not end in the order in which they began; turns are counted in the order of the locks. */
async function noteGiven(ctx: TicketContext, memberId: string, candidates: readonly Candidate[]): Promise<void> {
  const latest = Math.max(...candidates.map(({ lastAssignedAt }) => lastAssignedAt?.getTime() ?? 0));
  const at = new Date(Math.max(ctx.now.getTime(), latest + 1));
  await ctx.tx.update(schema.member).set({ lastAssignedAt: at }).where(eq(schema.member.id, memberId));
}

const DAY_MS = 86_400_000;

/** Who last had a ticket of this contact, within the area's days. */
async function lastAgent(ctx: TicketContext, { orgId, contactId }: TicketRow, area: AreaRow): Promise<string | null> {
  if (area.stickyDays === 0) return null;
  const { ticket } = schema;
  const since = new Date(ctx.now.getTime() - area.stickyDays * DAY_MS);
  const [row] = await ctx.tx
    .select({ memberId: sql<string>`coalesce(${ticket.assigneeId}, ${ticket.lastAssigneeId})` })
    .from(ticket)
    .where(
      sql`${ticket.orgId} = ${orgId} and ${ticket.contactId} = ${contactId} and ${ticket.lastActivityAt} >= ${since.toISOString()}
        and coalesce(${ticket.assigneeId}, ${ticket.lastAssigneeId}) is not null`,
    )
    .orderBy(sql`${ticket.lastActivityAt} desc, ${ticket.id} desc`)
    .limit(1);
  return row?.memberId ?? null;
}
