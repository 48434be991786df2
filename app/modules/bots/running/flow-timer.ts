import { z } from "zod";

/** The job behind a run's timers, as those who set one know it; `fireTimer` is what it does. */
export const flowTimer = {
  name: "fire-flow-timer",
  lane: "inbound",
  payload: z.object({ orgId: z.uuid(), runId: z.uuid(), timer: z.string().max(200) }),
  maxAttempts: 10,
} as const;

export const timerKey = (runId: string, timer: string) => `flow-timer:${runId}:${timer}`;
