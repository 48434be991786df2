import { database } from "../db.server";
import { log } from "../log.server";

/**
 * When to tell the workers, in ms after an enqueue: once most transactions have committed, and once for the slow ones.
 * The workers' own polling finds the rest.
 */
const DELAYS_MS = [8, 60];
/** Idle slots that one call wakes in each crew. */
const WOKEN = 4;

const pending = new Set<number>();

async function wake(): Promise<void> {
  try {
    await database().pool.query("select pg_notify('jobs:insert', $1)", [JSON.stringify({ count: WOKEN })]);
  } catch (error) {
    log.debug({ err: error }, "could not wake the workers; they will poll");
  }
}

/**
 * Tells all processes' workers that something waits, a moment from now, together with all other calls of that moment.
 * Never inside the transaction that enqueues: NOTIFY makes PostgreSQL commit one transaction at a time
 * (docs/decisions/002-jobs.md has the figures).
 */
export function wakeWorkersSoon(): void {
  for (const delay of DELAYS_MS) {
    if (pending.has(delay)) continue;
    pending.add(delay);
    setTimeout(() => {
      pending.delete(delay);
      void wake();
    }, delay).unref();
  }
}
