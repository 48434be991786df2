import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, vi } from "vitest";
import { z } from "zod";
import { migrateDatabase } from "~db/index.server";
import { asSystem, closeDatabase, openDatabase } from "../db.server";
import {
  type Attempt,
  defineJob,
  type JobDefinition,
  type Lane,
  migrateJobs,
  startWorkers,
  type Workers,
} from "./index.server";

export type Marked = { mark: string };
type Body = (payload: Marked, attempt: Attempt) => Promise<void>;

/** A job in the given lane, and the marks of its runs. */
export function recorder(lane: Lane, body: Body = async () => {}, maxAttempts?: number) {
  const ran: string[] = [];
  const job: JobDefinition<Marked> = defineJob({
    name: `test.${lane}`,
    lane,
    maxAttempts,
    payload: z.object({ mark: z.string() }),
    async run(payload, attempt) {
      ran.push(payload.mark);
      await body(payload, attempt);
    },
  });
  return { job, ran };
}

export const system = <T>(body: Parameters<typeof asSystem<T>>[1]) => asSystem("test", body);
export const until = (check: () => unknown) =>
  vi.waitFor(async () => expect(await check()).toBeTruthy(), { timeout: 20_000 });

/** A migrated database with an empty queue for each test of a file, and workers that stop after it. */
export function testQueue(makeDatabase: () => Promise<{ url: string; drop(): Promise<void> }>) {
  const started: Workers[] = [];
  const queue = {
    url: "",
    owner: new pg.Client(),
    async work(definitions: readonly JobDefinition[], concurrency = 4): Promise<Workers> {
      const workers = await startWorkers({ url: queue.url, definitions, concurrency });
      started.push(workers);
      return workers;
    },
    /** How many jobs there are, whatever their state. */
    async left(): Promise<number> {
      return (await queue.owner.query("select count(*)::int as n from graphile_worker.jobs")).rows[0].n;
    },
  };
  let drop = async () => {};
  beforeAll(async () => {
    const database = await makeDatabase();
    drop = database.drop;
    queue.url = database.url;
    await migrateDatabase(queue.url, { after: migrateJobs });
    openDatabase(queue.url);
    queue.owner = new pg.Client({ connectionString: queue.url });
    await queue.owner.connect();
  });
  beforeEach(async () => {
    await queue.owner.query("delete from graphile_worker._private_jobs");
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((workers) => workers.stop()));
  });
  afterAll(async () => {
    await queue.owner.end();
    await closeDatabase();
    await drop();
  });
  return queue;
}
