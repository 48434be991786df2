import { eq } from "drizzle-orm";
import { CHANNEL_LIMITS, capability } from "~/modules/channels";
import { handOver, type TicketContext } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { Effect, RunEvent, RunState, StepEnv } from "../engine/run";
import { step } from "../engine/step";
import type { Flow } from "../flow";
import { keepPassages } from "../tracing/keep-passages.server";
import { asksHours, isAreaOpen } from "./area-hours.server";
import { carryOut } from "./carry-out.server";
import { deskFacts } from "./desk-facts.server";
import { loadFlowVersion } from "./published-flow.server";
import type { RunDesk } from "./run-desk.server";

/** What the bot may know while it takes one step. */
async function environment(ctx: TicketContext, desk: RunDesk, flow: Flow): Promise<StepEnv> {
  const { org, channel, run } = desk;
  const ticket = ctx.touched.get(desk.ticket.id)?.row ?? desk.ticket;
  const inHours = !asksHours(flow) || (await isAreaOpen(ctx, run.orgId, ticket.areaId));
  const { until } = allowedToBot(ctx, desk);
  const left = until ? Math.max(0, Math.floor((until.getTime() - ctx.now.getTime()) / 1000)) : null;
  return {
    now: ctx.now.toISOString(),
    random: Math.random(),
    channel: channel.kind,
    limits: CHANNEL_LIMITS[channel.kind],
    timeZone: org.timeZone,
    region: org.region,
    desk: await deskFacts(ctx, flow, { orgId: run.orgId, ticketAreaId: ticket.areaId }),
    variables: {
      contact: contactVariables(desk.contact),
      org: { name: org.name, handle: org.handle },
      ticket: {
        number: ticket.number,
        tags: ticket.tags,
        priority: ticket.priority,
        ...jsonOnly({ fields: ticket.fields }),
      },
      system: { returning: desk.returning, in_hours: inHours, window_left: left, language: org.locale },
    },
  };
}

/** The bots' own first, so that none of them hides what the organisation keeps. */
export const contactVariables = ({ variables, fields, named, name, phone, email, tags }: RunDesk["contact"]) => ({
  ...jsonOnly(variables),
  ...jsonOnly(fields),
  ...{ name: named ? name : null, phone, email, tags },
});

type Json = NonNullable<StepEnv["variables"]["contact"]>[string];
const jsonOnly = (value: unknown) => JSON.parse(JSON.stringify(value ?? {})) as { [name: string]: Json };

/**
 * Takes one event: the engine's step, the new state, its trace and its effects, in the transaction at hand. A run that
 * is not live takes nothing.
 */
export async function advanceRun(ctx: TicketContext, desk: RunDesk, event: RunEvent): Promise<void> {
  const flow = await loadFlowVersion(ctx.tx, desk.run.flowVersionId);
  const result = step(flow, desk.run.state as RunState, event, await environment(ctx, desk, flow));
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
  effect.type === "send" ||
  ((effect.type === "handoff" || effect.type === "close") && effect.message !== null) ||
  (effect.type === "close" && effect.askRating);

/** R19: what the channel allows a bot now; outside it, people must decide what to do. */
const mayBotSpeak = (ctx: TicketContext, desk: RunDesk): boolean => allowedToBot(ctx, desk).mode === "free";

function allowedToBot(ctx: TicketContext, { channel, conversation, contact }: RunDesk) {
  const allowed = capability({
    kind: channel.kind,
    lastInboundAt: conversation.lastInboundAt,
    now: ctx.now,
    author: "bot",
    blocked: contact.blockedAt !== null,
    connected: channel.disabledAt === null,
  });
  return { mode: allowed.mode, until: "until" in allowed ? allowed.until : undefined };
}
