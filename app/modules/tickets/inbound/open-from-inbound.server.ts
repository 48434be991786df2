import { and, eq, isNull } from "drizzle-orm";
import type { Appended } from "~/modules/messaging/index.server";
import { schema } from "~db/index.server";
import { automation, type FlowStart } from "../automation.server";
import type { TicketRow } from "../reading/summarise.server";
import { changeTicket, insertTicket, type TicketContext, type Who } from "../ticket-context.server";
import type { CustomerDoor, Received } from "./receive-customer-message.server";

type Append = (ticket: TicketRow) => Promise<Appended>;

const customer = (door: CustomerDoor): Who => ({ kind: "customer", id: door.contact.id, name: door.contact.name });

/** R1c: a new ticket, with the bot if a published flow starts, else open and unassigned in the channel's area. */
export async function openFromInbound(
  ctx: TicketContext,
  door: CustomerDoor,
  first: { late: boolean; text: string; returning: boolean },
  append: Append,
): Promise<Received> {
  const { channel, conversation } = door;
  const flow = first.late
    ? null
    : await automation().match(ctx, { channel, text: first.text, ref: conversation.entry?.ref ?? null });
  const ticket = await insertTicket(
    ctx,
    conversation,
    {
      contactId: door.contact.id,
      areaId: await livingArea(ctx, conversation.entry?.areaId ?? channel.areaId, channel.areaId),
      state: flow ? "bot" : "open",
      waitingOn: flow ? "none" : "agent",
      waitingSince: flow ? null : ctx.now,
      firstSeq: conversation.lastSeq + 1,
      openedAt: ctx.now,
      lastActivityAt: ctx.now,
    },
    { kind: "opened", by: customer(door), after: { state: flow ? "bot" : "open" } },
  );
  return startWith(ctx, door, ticket, flow, first.returning, append);
}

/** R3: the last ticket goes on; with people if they had answered in it, else with the bot from the beginning. */
export async function reopenFromInbound(
  ctx: TicketContext,
  door: CustomerDoor,
  last: TicketRow,
  to: "open" | "bot",
  append: Append,
): Promise<Received> {
  const flow =
    to === "bot"
      ? await automation().match(ctx, { channel: door.channel, text: "", ref: door.conversation.entry?.ref ?? null })
      : null;
  const areaId = await livingArea(ctx, last.areaId, door.channel.areaId);
  const assigneeId = flow ? null : await availableAssignee(ctx, { ...last, areaId });
  const ticket = await changeTicket(
    ctx,
    door.conversation,
    last,
    {
      state: flow ? "bot" : "open",
      areaId,
      assigneeId,
      closedAt: null,
      closeReason: null,
      lastSeq: null,
      thanked: false,
      skipMemberIds: [],
      // Whose agent is not there goes before those who never waited for one.
      queueFront: !flow && assigneeId === null,
      snoozedUntil: null,
      reopenCount: last.reopenCount + 1,
      waitingOn: flow ? "none" : "agent",
      waitingSince: flow ? null : ctx.now,
      lastActivityAt: ctx.now,
    },
    {
      kind: "reopened",
      by: customer(door),
      before: { state: last.state },
      after: { state: flow ? "bot" : "open", assignee_id: assigneeId },
    },
  );
  return startWith(ctx, door, ticket, flow, true, append);
}

/** The area, or, where it is in use no more and nobody looks, the channel's. */
async function livingArea(ctx: TicketContext, areaId: string, otherwise: string): Promise<string> {
  if (areaId === otherwise) return areaId;
  const { area } = schema;
  const [row] = await ctx.tx
    .select({ id: area.id })
    .from(area)
    .where(and(eq(area.id, areaId), isNull(area.archivedAt)));
  return row?.id ?? otherwise;
}

/** The agent of before, only if there to answer now and still of the area. */
async function availableAssignee(ctx: TicketContext, last: TicketRow): Promise<string | null> {
  if (!last.lastAssigneeId) return null;
  const { member, areaMember } = schema;
  const [row] = await ctx.tx
    .select({ id: member.id, role: member.role, inArea: areaMember.memberId })
    .from(member)
    .leftJoin(areaMember, and(eq(areaMember.memberId, member.id), eq(areaMember.areaId, last.areaId)))
    .where(and(eq(member.id, last.lastAssigneeId), eq(member.availability, "available"), isNull(member.removedAt)));
  return row && (row.inArea || row.role === "admin") ? row.id : null;
}

async function startWith(
  ctx: TicketContext,
  door: CustomerDoor,
  ticket: TicketRow,
  flow: FlowStart | null,
  returning: boolean,
  append: Append,
): Promise<Received> {
  const appended = await append(ticket);
  if (flow) {
    await automation().start(ctx, { conversation: door.conversation, ticket, flow, message: appended.row, returning });
  }
  return { ...appended, ticket: ctx.touched.get(ticket.id)?.row ?? ticket };
}
