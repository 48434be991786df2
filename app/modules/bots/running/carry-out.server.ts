import { and, eq, isNull } from "drizzle-orm";
import { askRating, closeTicket, handOver, type TicketContext } from "~/modules/tickets/index.server";
import { cancel, enqueue } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import type { BotContent, CloseEffect, Effect, HandoffEffect } from "../engine/run";
import { isAreaOpen } from "./area-hours.server";
import { callKey, flowCall } from "./flow-call";
import { flowTimer, timerKey } from "./flow-timer";
import { anyoneAvailable, findArea, type RunDesk } from "./run-desk.server";
import { say } from "./say.server";
import { update, writeNote } from "./update-and-note.server";

/** Carries out one effect of a step, in the step's own transaction. */
export async function carryOut(ctx: TicketContext, desk: RunDesk, effect: Effect): Promise<void> {
  switch (effect.type) {
    case "send":
      return say(ctx, desk, effect.content, effect.delaySeconds);
    case "set_timer":
      return enqueue(
        ctx.tx,
        flowTimer,
        { orgId: desk.run.orgId, runId: desk.run.id, timer: effect.timer },
        { runAt: new Date(effect.at), key: timerKey(desk.run.id, effect.timer) },
      );
    case "cancel_timer":
      return cancel(ctx.tx, timerKey(desk.run.id, effect.timer));
    case "update":
      return update(ctx, desk, effect);
    case "note":
      return writeNote(ctx, desk, effect);
    case "handoff":
      return handOff(ctx, desk, effect);
    case "close":
      return close(ctx, desk, effect);
    case "call":
      return enqueue(
        ctx.tx,
        flowCall,
        { orgId: desk.run.orgId, runId: desk.run.id, call: effect.call },
        { key: callKey(desk.run.id, effect.call) },
      );
  }
}

const plain = (text: string): BotContent => ({ kind: "text", text });
const byBot = (desk: RunDesk) => ({ kind: "bot", id: desk.run.id, name: desk.org.name }) as const;

/** The ticket as this transaction last left it. */
const current = (ctx: TicketContext, desk: RunDesk) => ctx.touched.get(desk.ticket.id)?.row ?? desk.ticket;

/** What the customer is told comes first: after the handing over the bot has no voice. */
async function handOff(ctx: TicketContext, desk: RunDesk, effect: HandoffEffect): Promise<void> {
  const areaId = (await findArea(ctx, effect.area)) ?? desk.ticket.areaId;
  const assigneeId = await assigneeOf(ctx, desk, effect);
  const told = await tellOf(ctx, desk, effect, areaId);
  if (told) await say(ctx, desk, plain(told));
  await handOver(ctx, desk.conversation, current(ctx, desk), {
    by: byBot(desk),
    reason: effect.reason,
    areaId,
    assigneeId,
    ...(effect.priority && { priority: effect.priority }),
    ...(effect.summary.note && { note: effect.summary.note }),
  });
}

/** What the customer is told of the area that the ticket goes to: that it is closed, that nobody is there, or the usual. */
async function tellOf(
  ctx: TicketContext,
  { run }: RunDesk,
  { message, messageClosed, messageAway }: HandoffEffect,
  areaId: string,
): Promise<string | null> {
  if (messageClosed !== null && !(await isAreaOpen(ctx, run.orgId, areaId))) return messageClosed;
  if (messageAway !== null && !(await anyoneAvailable(ctx, areaId))) return messageAway;
  return message;
}

async function assigneeOf(ctx: TicketContext, desk: RunDesk, effect: HandoffEffect): Promise<string | null> {
  const wanted = effect.assignee?.kind === "member" ? effect.assignee.member : desk.ticket.lastAssigneeId;
  if (!effect.assignee || !wanted) return null;
  const { member } = schema;
  const [row] = await ctx.tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.id, wanted), eq(member.availability, "available"), isNull(member.removedAt)));
  return row?.id ?? null;
}

async function close(ctx: TicketContext, desk: RunDesk, effect: CloseEffect): Promise<void> {
  if (effect.message) await say(ctx, desk, plain(effect.message));
  const ticket = current(ctx, desk);
  // As the desk's closing does; what the channel allows was asked before the bot spoke.
  const asked = effect.askRating ? await askRating(ctx, desk.conversation, ticket) : {};
  await closeTicket(ctx, desk.conversation, ticket, {
    by: byBot(desk),
    reason: effect.label ?? effect.reason,
    tags: effect.tags,
    ...asked,
  });
}
