import { setTimeout as sleep } from "node:timers/promises";
import { AppError } from "../errors";

const EVERY_MS = 250;
const LONGEST_MS = 60_000;

/** Whether an error says that the same would do a moment later. */
export const isPassing = (error: unknown): boolean => error instanceof AppError && error.retryable;

/**
 * Does `work` again, every 250 ms and for a minute at most, while it fails because something is away for the moment:
 * for work that must not lose its place to what comes later. It may run many times and must bear that.
 * @param signal gives up at once
 */
export async function outlast<T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const until = performance.now() + LONGEST_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || signal.aborted || performance.now() > until) throw error;
      await sleep(EVERY_MS);
    }
  }
}
