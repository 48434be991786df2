import type { TaskList } from "graphile-worker";
import type pg from "pg";
import { log } from "../log.server";
import { openPool } from "../postgres/open-pool.server";
import type { JobDefinition } from "./define-job";
import { divideSlots } from "./lanes";
import { holdLeases, newShift, type Shift } from "./shift.server";
import { startCrew } from "./start-crew.server";
import { taskOf } from "./task-of.server";

const DEFAULT_CONCURRENCY = 8;
const STATEMENT_TIMEOUT_MS = 15_000;
/** Slots use a connection only to take and to end a job; each crew keeps one more to listen on. */
const SHARED_CONNECTIONS = 4;
const GRACE_MS = 8_000;
const AFTER_ABORT_MS = 2_000;
const CLOSING_MS = 1_000;

export type WorkerOptions = {
  /** Of a role that owns the queue's tables: the one that migrates. */
  url: string;
  /** Jobs of other names are left to the processes that know them. */
  definitions: readonly JobDefinition[];
  /** Jobs at a time, default 8; see `divideSlots`. */
  concurrency?: number;
};

export type Workers = {
  /**
   * Takes no further job, lets those in hand end for 8 s, then aborts their signals; what has not ended 2 s later is
   * released, uncounted, to run elsewhere at once. Under 12 s in all, also without a database. Safe to call twice.
   */
  stop(): Promise<void>;
};

/** Resolves with whichever comes first; true when `work` ended in time. Leaves no timer behind. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const ended = work.then(
    () => true,
    () => true,
  );
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

function poolOf(url: string, crews: number): pg.Pool {
  return openPool({
    silenceMs: STATEMENT_TIMEOUT_MS + 2_000,
    connectionString: url,
    max: crews + SHARED_CONNECTIONS,
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
    application_name: "guazu-worker",
    options: `-c statement_timeout=${STATEMENT_TIMEOUT_MS} -c idle_in_transaction_session_timeout=30s`,
  });
}

async function drain(shift: Shift, crews: readonly (() => Promise<void>)[], letGo: () => void): Promise<void> {
  shift.draining = true;
  const ended = Promise.allSettled(crews.map((stop) => stop()));
  if (!(await within(GRACE_MS, ended))) {
    for (const job of shift.inHand) job.abort(new Error("the process is stopping"));
    await within(AFTER_ABORT_MS, ended);
  }
  letGo();
  const goodbye = async () => {
    await shift.pool.query("select job.release($1)", [[...shift.slots]]);
    await shift.pool.query("delete from job.worker where id = $1", [shift.id]);
    await shift.pool.end();
  };
  await within(CLOSING_MS, goodbye());
}

/**
 * Runs jobs until stopped, on connections of its own. Takes no signals of the process.
 * @throws when the database cannot be reached or two definitions share a name
 */
export async function startWorkers(options: WorkerOptions): Promise<Workers> {
  const names = options.definitions.map((definition) => definition.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice) throw new Error(`two jobs are named ${twice}`);
  const wanted = divideSlots(options.concurrency ?? DEFAULT_CONCURRENCY);
  const shift = newShift(poolOf(options.url, wanted.length));
  const crews: (() => Promise<void>)[] = [];
  let letGo = () => {};
  try {
    letGo = await holdLeases(shift);
    for (const crew of wanted) {
      const known = options.definitions.filter((definition) => crew.lanes.includes(definition.lane));
      const tasks: TaskList = Object.fromEntries(
        known.map((definition) => [definition.name, taskOf(definition, shift)]),
      );
      if (known.length > 0) crews.push(await startCrew(shift, { ...crew }, tasks));
    }
  } catch (error) {
    await drain(shift, crews, letGo);
    throw error;
  }
  log.info({ part: "jobs", worker: shift.id, jobs: names.length }, "workers started");
  let stopped: Promise<void> | undefined;
  return {
    stop: () => {
      stopped ??= drain(shift, crews, letGo);
      return stopped;
    },
  };
}
