import { eq } from "drizzle-orm";
import { CHANNEL_LIMITS, capability } from "~/modules/channels";
import type { MessageRow } from "~/modules/messaging/index.server";
import { handOver, type TicketContext } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { Effect, RunEvent, RunState, StepEnv } from "../engine/run";
import { step } from "../engine/step";
import { asksHours, isAreaOpen } from "./area-hours.server";
import { carryOut } from "./carry-out.server";
import { keepPassages } from "./keep-passages.server";
import { loadFlowVersion } from "./published-flow.server";
import type { RunDesk } from "./run-desk.server";

/** What the bot may know while it takes one step. */
function environment(ctx: TicketContext, desk: RunDesk, inHours: boolean): StepEnv {
  const { contact, org, ticket, channel } = desk;
  return {
    now: ctx.now.toISOString(),
    random: Math.random(),
    channel: channel.kind,
    limits: CHANNEL_LIMITS[channel.kind],
    variables: {
      contact: {
        ...jsonOnly(contact.variables),
        name: contact.named ? contact.name : null,
        phone: contact.phone,
        email: contact.email,
      },
      org: { name: org.name, handle: org.handle },
      ticket: { number: ticket.number },
      system: { returning: desk.returning, in_hours: inHours },
    },
  };
}

type Json = NonNullable<StepEnv["variables"]["contact"]>[string];
const jsonOnly = (value: unknown) => JSON.parse(JSON.stringify(value ?? {})) as { [name: string]: Json };

/** A customer's message as the engine takes it. */
export function answerOf(message: MessageRow) {
  const choice = message.payload?.choice as { id?: unknown } | undefined;
  return { kind: message.kind, text: message.text, payload: typeof choice?.id === "string" ? choice.id : null };
}

/**
 * Takes one event: the engine's step, the new state, its trace and its effects, in the transaction at hand. A run that
 * is not live takes nothing.
 */
export async function advanceRun(ctx: TicketContext, desk: RunDesk, event: RunEvent): Promise<void> {
  const flow = await loadFlowVersion(ctx.tx, desk.run.flowVersionId);
  const inHours = !asksHours(flow) || (await isAreaOpen(ctx, desk.run.orgId, desk.ticket.areaId));
  const result = step(flow, desk.run.state as RunState, event, environment(ctx, desk, inHours));
  await ctx.tx.update(schema.flowRun).set({ state: result.state }).where(eq(schema.flowRun.id, desk.run.id));
  await keepPassages(ctx, desk.run, result.trace);
  if (result.trace.length > 0) {
    await ctx.tx
      .insert(schema.flowTrace)
      .values({
        id: newId(),
        orgId: desk.run.orgId,
        runId: desk.run.id,
        eventId: event.id,
        entries: result.trace,
        createdAt: ctx.now,
      })
      .onConflictDoNothing();
  }
  if (result.effects.some(speaks) && !mayBotSpeak(ctx, desk)) {
    await handOver(ctx, desk.conversation, ctx.touched.get(desk.ticket.id)?.row ?? desk.ticket, {
      by: { kind: "bot", id: desk.run.id, name: desk.org.name },
      reason: "reply_not_allowed",
    });
    return;
  }
  for (const effect of result.effects) await carryOut(ctx, desk, effect);
}

const speaks = (effect: Effect) =>
  effect.type === "send" || ((effect.type === "handoff" || effect.type === "close") && effect.message !== null);

/** R19: what the channel allows a bot now; outside it, people must decide what to do. */
function mayBotSpeak(ctx: TicketContext, { channel, conversation, contact }: RunDesk): boolean {
  const allowed = capability({
    kind: channel.kind,
    lastInboundAt: conversation.lastInboundAt,
    now: ctx.now,
    author: "bot",
    blocked: contact.blockedAt !== null,
    connected: channel.disabledAt === null,
  });
  return allowed.mode === "free";
}
