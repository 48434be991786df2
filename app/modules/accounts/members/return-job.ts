import { z } from "zod";

/** The job that gives back what waits for a member who went away, as those know it who set it; tickets do the work. */
export const returnJob = {
  name: "return-tickets",
  lane: "inbound",
  payload: z.object({ orgId: z.uuid(), memberId: z.uuid() }),
} as const;
