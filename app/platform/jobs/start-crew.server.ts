import { EventEmitter } from "node:events";
import { Logger, type Runner, run, type TaskList, type WorkerEvents } from "graphile-worker";
import { log } from "../log.server";
import type { Crew } from "./lanes";
import type { Shift } from "./shift.server";

/** How often an idle slot looks for timed jobs, and for those of which it was not told. */
const POLL_MS = 500;
const RESTART_MS = 1_000;

/** What the library reports about itself; failed jobs are logged where they fail. */
const logger = new Logger(() => (level, message, meta) => {
  if (level === "error" && !meta?.failure) log.warn({ part: "jobs", err: meta?.error }, message.split("\n")[0]);
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Starts the slots of one crew. The library lets a slot die when it cannot store how a job ended (a restart of the
 * database does that), so that a crew with a dead slot is replaced by a new one. Returns the way to stop: it takes no
 * further job at once and resolves when those in hand have ended.
 */
export async function startCrew(shift: Shift, crew: Crew, tasks: TaskList): Promise<() => Promise<void>> {
  const live = new Set<Runner>();
  let stopping = false;

  async function begin(): Promise<void> {
    const events: WorkerEvents = new EventEmitter();
    let replaced = false;
    const replace = () => {
      if (replaced || stopping) return;
      replaced = true;
      void beginAgain(runner);
    };
    events.on("worker:create", ({ worker }) => shift.slots.add(worker.workerId));
    events.on("worker:stop", ({ worker }) => shift.slots.delete(worker.workerId));
    events.on("worker:fatalError", replace);
    const runner = await run({
      pgPool: shift.pool,
      taskList: tasks,
      concurrency: crew.slots,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      logger,
      events,
    });
    live.add(runner);
    runner.promise.then(replace, replace).finally(() => live.delete(runner));
  }

  async function beginAgain(old: Runner): Promise<void> {
    void old.stop().catch(() => {});
    while (!stopping) {
      await pause(RESTART_MS);
      try {
        if (!stopping) await begin();
        return;
      } catch (error) {
        log.warn({ part: "jobs", err: error }, "workers could not start again");
      }
    }
  }

  await begin();
  return async () => {
    stopping = true;
    await Promise.allSettled([...live].map((runner) => runner.stop().catch(() => runner.promise)));
  };
}
