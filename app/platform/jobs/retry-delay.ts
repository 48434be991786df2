import { AppError } from "../errors";

const FIRST_MS = 2_000;
const FACTOR = 4;
const LONGEST_MS = 10 * 60_000;

/** Seconds that the failing side asked for (`tooMany`), as milliseconds. */
function askedFor(error: unknown): number {
  if (!(error instanceof AppError)) return 0;
  const seconds = (error.data as { retry_after?: unknown } | undefined)?.retry_after;
  return typeof seconds === "number" && seconds > 0 ? seconds * 1_000 : 0;
}

/**
 * Milliseconds to wait after the failed attempt number `attempt` (from 1): about 2, 8, 32 and 128 s, at most 10 minutes,
 * each spread from half to one and a half so that jobs that failed together do not come back together. An error that
 * carries `retry_after` is never tried sooner than it asks.
 */
export function retryDelay(attempt: number, error: unknown, random: () => number = Math.random): number {
  const middle = Math.min(FIRST_MS * FACTOR ** (attempt - 1), LONGEST_MS / 1.5);
  return Math.round(Math.max(askedFor(error), middle * (0.5 + random())));
}
