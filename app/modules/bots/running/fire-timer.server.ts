import { eq } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { lockConversation } from "~/modules/messaging/index.server";
import { findLiveTicket, ticketVerb } from "~/modules/tickets/index.server";
import { defineJob } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import { advanceRun } from "./advance-run.server";
import { flowTimer } from "./flow-timer";
import { findLiveRun, openRunDesk } from "./run-desk.server";

/**
 * A run's timer has come. Whether it still counts is the engine's to say, under the conversation's lock: an answer
 * that came before it has taken it back.
 */
export const fireTimer = defineJob({
  ...flowTimer,
  async run({ orgId, runId, timer }) {
    await ticketVerb(SYSTEM, { orgId }, async (ctx) => {
      const { flowRun } = schema;
      const [found] = await ctx.tx.select().from(flowRun).where(eq(flowRun.id, runId));
      const conversation = found && (await lockConversation(ctx, found.conversationId));
      if (!conversation) return;
      const ticket = await findLiveTicket(ctx, conversation.id);
      const run = ticket && (await findLiveRun(ctx, ticket.id));
      if (!ticket || !run || run.id !== runId) return;
      const desk = await openRunDesk(ctx, { conversation, ticket, run });
      await advanceRun(ctx, desk, { type: "timer", id: `${runId}:${timer}`, timer });
    });
  },
});
