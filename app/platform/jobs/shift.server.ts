import { hostname } from "node:os";
import type pg from "pg";
import { newId } from "../ids";
import { log } from "../log.server";

const BEAT_MS = 3_000;
const WATCH_MS = 1_000;
const SWEEP_MS = 5_000;
/** A process that has not beaten for this long no longer holds its jobs; with the sweep a kill -9 costs under 25 s. */
const STALE_MS = 15_000;
const TIDY_MS = 3_600_000;
const DEAD_KEPT_DAYS = 30;

/** What the crews of one process share: its connections, the slots it answers for, the jobs in hand. */
export type Shift = {
  readonly id: string;
  readonly pool: pg.Pool;
  /** graphile-worker's ids of the live slots; a slot that is not listed here loses its job to `job.reclaim`. */
  readonly slots: Set<string>;
  readonly inHand: Set<AbortController>;
  draining: boolean;
};

export const newShift = (pool: pg.Pool): Shift => ({
  id: `${hostname()}/${process.pid}/${newId()}`,
  pool,
  slots: new Set(),
  inHand: new Set(),
  draining: false,
});

const beat = (shift: Shift) => shift.pool.query("select job.beat($1, $2)", [shift.id, [...shift.slots]]);

/** Frees the jobs of processes that no longer beat, in all lanes. */
async function reclaim(shift: Shift): Promise<void> {
  const { rows } = await shift.pool.query<{ id: string; task: string; attempts: number }>(
    "select * from job.reclaim($1)",
    [STALE_MS],
  );
  for (const row of rows)
    log.warn({ part: "jobs", job: row.task, jobId: row.id, attempt: row.attempts }, "job taken back");
  if (rows.length > 0) await shift.pool.query("select pg_notify('jobs:insert', '{\"count\":4}')");
}

const tidy = (shift: Shift) => shift.pool.query("select job.forget_dead($1)", [DEAD_KEPT_DAYS]);

/** Runs `work` every `everyMs`, never twice at a time; a failure is logged and tried again at the next turn. */
function repeat(name: string, everyMs: number, work: () => Promise<unknown>): () => void {
  let busy = false;
  const timer = setInterval(async () => {
    if (busy) return;
    busy = true;
    try {
      await work();
    } catch (error) {
      log.warn({ part: "jobs", err: error }, `${name} failed`);
    } finally {
      busy = false;
    }
  }, everyMs);
  return () => clearInterval(timer);
}

/**
 * Begins to beat and to sweep after dead processes. A process that finds that it was silent for too long (suspended, or
 * cut off from the database) aborts what it has in hand, since others may have it by now. Returns the way to stop.
 */
export async function holdLeases(shift: Shift): Promise<() => void> {
  let lastBeat = Date.now();
  await beat(shift);
  await reclaim(shift);
  await tidy(shift);
  const stops = [
    repeat("beat", BEAT_MS, async () => {
      const begun = Date.now();
      await beat(shift);
      lastBeat = begun;
    }),
    // Apart from the beat, which hangs when the database is cut off.
    repeat("watch", WATCH_MS, async () => {
      if (Date.now() - lastBeat > STALE_MS) for (const job of shift.inHand) job.abort(new Error("the lease was lost"));
    }),
    repeat("sweep", SWEEP_MS, () => reclaim(shift)),
    repeat("tidying", TIDY_MS, () => tidy(shift)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
