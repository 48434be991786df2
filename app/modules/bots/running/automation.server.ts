import { and, desc, eq } from "drizzle-orm";
import type { Automation, TicketContext } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type GuardState, newRun, type RunState } from "../engine/run";
import { answerLines } from "../engine/summary";
import { startMatches } from "../nodes/start/start-node";
import { advanceRun } from "./advance-run.server";
import { answerOf } from "./answer-of";
import { isAreaOpen } from "./area-hours.server";
import { findPublishedVersion } from "./published-flow.server";
import { findLiveRun, openRunDesk } from "./run-desk.server";

/** Bots as the tickets' automation: every flow that an organisation drew, run by the engine. */
export const botAutomation: Automation = {
  async match(ctx, { channel, text, ref }) {
    const published = await findPublishedVersion(ctx.tx, channel.id);
    const start = published?.flow.nodes.find((node) => node.id === published.flow.start);
    if (!published || start?.kind !== "start") return null;
    const { orgId, areaId } = published;
    const inHours = start.settings.hours === "any" || (await isAreaOpen(ctx, orgId, areaId));
    const opening = { channel: channel.kind, text, ref, inHours };
    return startMatches(start.settings, opening) ? { flowVersionId: published.versionId } : null;
  },

  async start(ctx, { conversation, ticket, flow, message, returning }) {
    const counted = await countedBefore(ctx, conversation.id);
    const [run] = await ctx.tx
      .insert(schema.flowRun)
      .values({
        id: newId(),
        orgId: ticket.orgId,
        ticketId: ticket.id,
        conversationId: conversation.id,
        flowVersionId: flow.flowVersionId,
        state: newRun({}, counted),
        startedAt: ctx.now,
      })
      .returning();
    if (!run) throw new Error("insert returned nothing");
    const desk = await openRunDesk(ctx, { conversation, ticket, run, returning });
    await advanceRun(ctx, desk, { type: "start", id: `start:${run.id}`, message: message && answerOf(message) });
  },

  async receive(ctx, { conversation, ticket, message }) {
    const run = await findLiveRun(ctx, ticket.id);
    if (!run) return;
    const desk = await openRunDesk(ctx, { conversation, ticket, run });
    await advanceRun(ctx, desk, { type: "message", id: message.id, message: answerOf(message) });
  },

  async end(ctx, ticketId, reason) {
    const { flowRun } = schema;
    const [run] = await ctx.tx
      .update(flowRun)
      .set({ status: "ended", endReason: reason, endedAt: ctx.now })
      .where(and(eq(flowRun.ticketId, ticketId), eq(flowRun.status, "live")))
      .returning();
    if (!run) return { answers: [] };
    return { answers: answerLines((run.state as RunState).answers) };
  },
};

/** What the run before has counted in this conversation. */
async function countedBefore(ctx: TicketContext, conversationId: string): Promise<GuardState | undefined> {
  const { flowRun } = schema;
  const [run] = await ctx.tx
    .select({ state: flowRun.state })
    .from(flowRun)
    .where(eq(flowRun.conversationId, conversationId))
    .orderBy(desc(flowRun.startedAt))
    .limit(1);
  return (run?.state as RunState | undefined)?.guard;
}
