import { z } from "zod";

/** The job that gives out what waits, as those know it who make room; `assignQueues` is what it does. */
export const assignJob = {
  name: "assign-queues",
  lane: "inbound",
  payload: z.object({ orgId: z.uuid() }),
} as const;

export const assignKey = (orgId: string) => `assign:${orgId}`;
