import { SYSTEM } from "~/modules/accounts";
import { ticketVerb } from "~/modules/tickets/index.server";
import { defineJob } from "~/platform/jobs/index.server";
import { advanceRun } from "./advance-run.server";
import { flowTimer } from "./flow-timer";
import { openLiveRun } from "./run-desk.server";

/**
 * A run's timer has come. Whether it still counts is the engine's to say, under the conversation's lock: an answer
 * that came before it has taken it back.
 */
export const fireTimer = defineJob({
  ...flowTimer,
  async run({ orgId, runId, timer }) {
    await ticketVerb(SYSTEM, { orgId }, async (ctx) => {
      const desk = await openLiveRun(ctx, runId);
      if (desk) await advanceRun(ctx, desk, { type: "timer", id: `${runId}:${timer}`, timer });
    });
  },
});
