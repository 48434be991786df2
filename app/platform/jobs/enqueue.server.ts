import { sql } from "drizzle-orm";
import type { Tx } from "../db.server";
import { DEFAULT_MAX_ATTEMPTS, type JobDefinition } from "./define-job";
import { priorityOf } from "./lanes";
import { wakeWorkersSoon } from "./wake-workers.server";

/** Room for a handful of ids; whoever needs more is storing data where a reference belongs. */
const LONGEST_PAYLOAD = 2_048;

export type EnqueueOptions = {
  /** Not before this time; default at once after the commit. */
  runAt?: Date;
  /**
   * Replaces the waiting job of that key, whatever its name. A job of that key that already runs goes on to its end, is
   * not tried again should it fail, and the new one may run beside it.
   */
  key?: string;
};

/** A payload as it is stored. */
function stored<P>(job: Omit<JobDefinition<P>, "run">, payload: P): string {
  job.payload.parse(payload);
  const text = JSON.stringify(payload);
  if (text.length > LONGEST_PAYLOAD) throw new RangeError(`the payload of ${job.name} is too long: ids only`);
  return text;
}

/**
 * Stores a job in the caller's transaction: it runs after the commit, or never. Works in `inScope` and in `asSystem`.
 * @throws ZodError when the payload does not fit, RangeError when it is longer than 2 KB as JSON
 */
export async function enqueue<P>(
  tx: Tx,
  job: Omit<JobDefinition<P>, "run">,
  payload: P,
  options: EnqueueOptions = {},
): Promise<void> {
  await tx.execute(
    sql`select job.enqueue(${job.name}, ${stored(job, payload)}::json, ${priorityOf(job.lane)}::smallint,
        ${job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS}::smallint, ${options.runAt?.toISOString() ?? null}::timestamptz, ${options.key ?? null})`,
  );
  if (!options.runAt || options.runAt.getTime() <= Date.now()) wakeWorkersSoon();
}

/**
 * SQL that stores a job, for a statement that also stores what the job is about; `wakeWorkersSoon` once it is committed.
 * @param payload SQL of the payload as json, which nobody checks: ids only, in the shape that the job reads
 */
export const enqueueing = (job: Pick<JobDefinition<never>, "name" | "lane" | "maxAttempts">, payload: string): string =>
  `job.enqueue('${job.name}', ${payload}, ${priorityOf(job.lane)}::smallint,
    ${job.maxAttempts ?? DEFAULT_MAX_ATTEMPTS}::smallint, null, null)`;

/** Takes back the waiting job of that key, if there is one; one that already runs goes on, and is not tried again. */
export async function cancel(tx: Tx, key: string): Promise<void> {
  await tx.execute(sql`select job.cancel(${key})`);
}
