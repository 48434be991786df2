import type { Job, Task } from "graphile-worker";
import { log, logged } from "../log.server";
import { tally } from "../tally";
import type { JobDefinition } from "./define-job";
import { retryDelay } from "./retry-delay";
import type { Shift } from "./shift.server";

const textOf = (error: unknown) => (error instanceof Error ? error.message || error.name : String(error));

/**
 * Gives a job back whose run ended with an error: uncounted when the process is stopping, else to be tried later or, after
 * its last attempt, as a dead letter. The slot's name guards against giving back what another slot has taken meanwhile.
 */
async function giveBack(shift: Shift, job: Job, error: unknown, stopped: boolean): Promise<void> {
  const facts = { part: "jobs", job: job.task_identifier, jobId: String(job.id), attempt: job.attempts };
  if (stopped) {
    log.info(facts, "job released");
    await shift.pool.query("select job.release($1)", [[job.locked_by]]);
    return;
  }
  const last = job.attempts >= job.max_attempts;
  tally(last ? "jobs_dead" : "jobs_failed");
  log[last ? "error" : "warn"]({ ...facts, err: error }, last ? "job is a dead letter" : "job failed");
  const delay = retryDelay(job.attempts, error);
  await shift.pool.query("select job.fail($1, $2, $3, $4)", [job.id, job.locked_by, textOf(error), delay]);
}

/** How a slot runs a definition. graphile-worker's own bookkeeping of failures finds the job already given back. */
export function taskOf(definition: JobDefinition, shift: Shift): Task {
  const attempt = (payload: unknown, job: Job, signal: AbortSignal) =>
    logged({ job: definition.name, jobId: String(job.id), attempt: job.attempts }, () =>
      definition.run(definition.payload.parse(payload), {
        id: String(job.id),
        attempt: job.attempts,
        lastAttempt: job.attempts >= job.max_attempts,
        signal,
      }),
    );
  return async (payload, { job }) => {
    const abort = new AbortController();
    shift.inHand.add(abort);
    try {
      await attempt(payload, job, abort.signal);
      tally("jobs_done");
    } catch (error) {
      await giveBack(shift, job, error, shift.draining && abort.signal.aborted);
      throw error;
    } finally {
      shift.inHand.delete(abort);
    }
  };
}
