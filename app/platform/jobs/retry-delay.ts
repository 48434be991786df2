import { AppError, retryAfterOf } from "../errors";

const FIRST_MS = 2_000;
const FACTOR = 4;
const LONGEST_MS = 10 * 60_000;

/** What the failing side asked for (`tooMany`), in milliseconds. */
const askedFor = (error: unknown) => (error instanceof AppError ? (retryAfterOf(error.data) ?? 0) * 1_000 : 0);

/**
 * Milliseconds to wait after the failed attempt number `attempt` (from 1): about 2, 8, 32 and 128 s, at most 10 minutes,
 * each spread from half to one and a half so that jobs that failed together do not come back together. An error that
 * carries `retry_after` is never tried sooner than it asks.
 */
export function retryDelay(attempt: number, error: unknown, random: () => number = Math.random): number {
  const middle = Math.min(FIRST_MS * FACTOR ** (attempt - 1), LONGEST_MS / 1.5);
  return Math.round(Math.max(askedFor(error), middle * (0.5 + random())));
}
