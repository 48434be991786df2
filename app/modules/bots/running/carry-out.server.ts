import { and, eq, isNull } from "drizzle-orm";
import { CHANNEL_LIMITS } from "~/modules/channels";
import { closeTicket, handOver, sendToCustomer, type TicketContext } from "~/modules/tickets/index.server";
import { cancel, enqueue } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import type { CloseEffect, Effect, HandoffEffect } from "../engine/run";
import { isAreaOpen } from "./area-hours.server";
import { callKey, flowCall } from "./flow-call";
import { flowTimer, timerKey } from "./flow-timer";
import { findArea, type RunDesk } from "./run-desk.server";
import { showContent } from "./show-content";

/** Carries out one effect of a step, in the step's own transaction. */
export async function carryOut(ctx: TicketContext, desk: RunDesk, effect: Effect): Promise<void> {
  switch (effect.type) {
    case "send":
      return say(ctx, desk, showContent(effect.content, CHANNEL_LIMITS[desk.channel.kind]), effect.delaySeconds);
    case "set_timer":
      return enqueue(
        ctx.tx,
        flowTimer,
        { orgId: desk.run.orgId, runId: desk.run.id, timer: effect.timer },
        { runAt: new Date(effect.at), key: timerKey(desk.run.id, effect.timer) },
      );
    case "cancel_timer":
      return cancel(ctx.tx, timerKey(desk.run.id, effect.timer));
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

type Shown = ReturnType<typeof showContent>;

/** A delay counts where a provider carries the message; on our own screens it is there with the commit. */
async function say(ctx: TicketContext, desk: RunDesk, shown: Shown, delaySeconds = 0): Promise<void> {
  await sendToCustomer(
    ctx,
    desk.conversation,
    desk.channel,
    {
      author: { kind: "bot", id: desk.run.id, name: desk.org.name },
      kind: shown.choices.length > 0 ? "interactive" : "text",
      text: shown.text,
      payload: shown.choices.length > 0 ? { choices: shown.choices } : null,
      ticketId: desk.ticket.id,
    },
    { content: shown.content, notBefore: new Date(ctx.now.getTime() + delaySeconds * 1000) },
  );
}

const plain = (text: string): Shown => ({ text, choices: [], content: { type: "text", text } });
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

async function anyoneAvailable(ctx: TicketContext, areaId: string): Promise<boolean> {
  const { member, areaMember } = schema;
  const [row] = await ctx.tx
    .select({ id: member.id })
    .from(areaMember)
    .innerJoin(member, eq(member.id, areaMember.memberId))
    .where(and(eq(areaMember.areaId, areaId), eq(member.availability, "available"), isNull(member.removedAt)))
    .limit(1);
  return row !== undefined;
}

async function close(ctx: TicketContext, desk: RunDesk, effect: CloseEffect): Promise<void> {
  if (effect.message) await say(ctx, desk, plain(effect.message));
  await closeTicket(ctx, desk.conversation, current(ctx, desk), {
    by: byBot(desk),
    reason: effect.label ?? effect.reason,
    tags: effect.tags,
  });
}
