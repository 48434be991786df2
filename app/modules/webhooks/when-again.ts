const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long it is waited after each failed attempt; the last for all that follow. */
const WAITS_MS = [10_000, MINUTE_MS, 5 * MINUTE_MS, 15 * MINUTE_MS, HOUR_MS, 2 * HOUR_MS];

/** When an event is sent again after its attempt number `attempt` (from 1) failed. */
export const nextAttempt = (attempt: number, now: Date): Date =>
  new Date(now.getTime() + (WAITS_MS[Math.min(attempt, WAITS_MS.length) - 1] ?? HOUR_MS));

/** After a day an event is given up: who takes it would not know any more what to do with it. */
export const isGivenUp = (since: Date, now: Date): boolean => now.getTime() - since.getTime() >= DAY_MS;

/** An address that took nothing for three days is not asked any more. */
export const isLongFailing = (since: Date, now: Date): boolean => now.getTime() - since.getTime() >= 3 * DAY_MS;
