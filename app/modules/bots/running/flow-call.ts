import { z } from "zod";

/**
 * The job behind a run's server work, as those who ask for it know it; `doFlowCall` is what it does. A customer waits for
 * it, but an outside server may be slow, so that it stays out of the lanes that messages need.
 */
export const flowCall = {
  name: "do-flow-call",
  lane: "push",
  payload: z.object({ orgId: z.uuid(), runId: z.uuid(), call: z.string().max(200) }),
  maxAttempts: 5,
} as const;

export const callKey = (runId: string, call: string) => `flow-call:${runId}:${call}`;
