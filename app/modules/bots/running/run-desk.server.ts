import { and, eq, isNull } from "drizzle-orm";
import { type ConversationRow, lockConversation } from "~/modules/messaging/index.server";
import { findLiveTicket, type TicketContext, type TicketRow } from "~/modules/tickets/index.server";
import { schema } from "~db/index.server";

export type FlowRunRow = typeof schema.flowRun.$inferSelect;
type ChannelRow = typeof schema.channel.$inferSelect;

/** Everything around one step of a run, all of it under the conversation's lock. */
export type RunDesk = {
  conversation: ConversationRow;
  ticket: TicketRow;
  run: FlowRunRow;
  channel: ChannelRow;
  org: typeof schema.organisation.$inferSelect;
  contact: typeof schema.contact.$inferSelect;
  returning: boolean;
};

/** The run of a ticket that lives. */
export async function findLiveRun(ctx: TicketContext, ticketId: string): Promise<FlowRunRow | null> {
  const { flowRun } = schema;
  const [row] = await ctx.tx
    .select()
    .from(flowRun)
    .where(and(eq(flowRun.ticketId, ticketId), eq(flowRun.status, "live")));
  return row ?? null;
}

export async function openRunDesk(
  ctx: TicketContext,
  at: { conversation: ConversationRow; ticket: TicketRow; run: FlowRunRow; returning?: boolean },
): Promise<RunDesk> {
  const { channel, organisation, contact } = schema;
  const [row] = await ctx.tx
    .select({ channel, org: organisation, contact })
    .from(channel)
    .innerJoin(organisation, eq(organisation.id, channel.orgId))
    .innerJoin(contact, eq(contact.id, at.ticket.contactId))
    .where(eq(channel.id, at.ticket.channelId));
  if (!row) throw new Error(`ticket ${at.ticket.id} is out of scope`);
  return { ...at, ...row, returning: at.returning ?? at.ticket.reopenCount > 0 };
}

/** Of these the one with that id or name; null when there is none such. */
export function areaNamed<Area extends { id: string; name: string }>(
  areas: readonly Area[],
  named: string | null,
): Area | null {
  const wanted = named?.trim().toLowerCase();
  return areas.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted) ?? null;
}

/** A run by its id, its conversation locked; null when it does not live any more, or its ticket is another's by now. */
export async function openLiveRun(ctx: TicketContext, runId: string): Promise<RunDesk | null> {
  const { flowRun } = schema;
  const [found] = await ctx.tx.select().from(flowRun).where(eq(flowRun.id, runId));
  const conversation = found && (await lockConversation(ctx, found.conversationId));
  if (!conversation) return null;
  const ticket = await findLiveTicket(ctx, conversation.id);
  const run = ticket && (await findLiveRun(ctx, ticket.id));
  return ticket && run?.id === runId ? openRunDesk(ctx, { conversation, ticket, run }) : null;
}

/** The organisation's area by id or name; null when there is none such. */
export async function findArea(ctx: TicketContext, named: string | null): Promise<string | null> {
  if (!named) return null;
  const { area } = schema;
  const rows = await ctx.tx.select().from(area).where(isNull(area.archivedAt));
  return areaNamed(rows, named)?.id ?? null;
}

/** Whether anybody of an area takes tickets now. */
export async function anyoneAvailable(ctx: TicketContext, areaId: string): Promise<boolean> {
  const { member, areaMember } = schema;
  const [row] = await ctx.tx
    .select({ id: member.id })
    .from(areaMember)
    .innerJoin(member, eq(member.id, areaMember.memberId))
    .where(and(eq(areaMember.areaId, areaId), eq(member.availability, "available"), isNull(member.removedAt)))
    .limit(1);
  return row !== undefined;
}

/** Everybody of an area who is still there. */
export async function areaMembers(ctx: TicketContext, areaId: string): Promise<string[]> {
  const { areaMember, member } = schema;
  const rows = await ctx.tx
    .select({ id: member.id })
    .from(areaMember)
    .innerJoin(member, eq(member.id, areaMember.memberId))
    .where(and(eq(areaMember.areaId, areaId), isNull(member.removedAt)));
  return rows.map(({ id }) => id);
}
