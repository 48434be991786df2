import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { describe, expect, it, vi } from "vitest";
import { testDatabase } from "../../../tests/support/postgres";
import { enqueue } from "./index.server";
import { recorder, system, testQueue, until } from "./queue-fixture.server";

const queue = testQueue(testDatabase);

describe("stop", () => {
  it("lets a short job end and takes no further one", async () => {
    const { job, ran } = recorder("inbound", () => sleep(1_000));
    const workers = await queue.work([job], 1);
    await system(async (tx) => {
      for (const mark of ["a", "b"]) await enqueue(tx, job, { mark });
    });
    await until(() => ran.length === 1);
    await workers.stop();
    expect(ran).toHaveLength(1);
    const { rows } = await queue.owner.query("select attempts, locked_at from graphile_worker.jobs");
    expect(rows).toEqual([{ attempts: 0, locked_at: null }]);
  });

  it("aborts a long job after the grace and gives it back uncounted, also one that does not listen", async () => {
    const aborted: string[] = [];
    const { job, ran } = recorder("outbound", async ({ mark }, { signal }) => {
      signal.addEventListener("abort", () => aborted.push(mark));
      if (mark === "deaf") return sleep(15_000, undefined, { ref: false });
      await new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    });
    const workers = await queue.work([job], 4);
    await system(async (tx) => {
      for (const mark of ["deaf", "polite"]) await enqueue(tx, job, { mark });
    });
    await until(() => ran.length === 2);
    const begun = Date.now();
    await Promise.all([workers.stop(), workers.stop()]);
    expect(Date.now() - begun).toBeLessThan(12_000);
    expect(aborted.sort()).toEqual(["deaf", "polite"]);
    const { rows } = await queue.owner.query(
      "select attempts, locked_at, run_at <= now() as due from graphile_worker.jobs",
    );
    expect(rows).toEqual([
      { attempts: 0, locked_at: null, due: true },
      { attempts: 0, locked_at: null, due: true },
    ]);
    expect((await queue.owner.query("select count(*)::int as n from job.worker")).rows[0].n).toBe(0);
    await queue.owner.query("delete from graphile_worker._private_jobs");
  });
});

describe("a database that refuses connections for a while", () => {
  it("leaves no slot dead and no job behind", async () => {
    const { job, ran } = recorder("inbound", () => sleep(700));
    await queue.work([job], 2);
    await system(async (tx) => {
      for (let i = 0; i < 6; i++) await enqueue(tx, job, { mark: `${i}` });
    });
    await until(() => ran.length === 2);
    const name = new URL(queue.url).pathname.slice(1);
    const admin = new pg.Client({ connectionString: queue.url.replace(/\/[^/?]+($|\?)/, "/postgres$1") });
    await admin.connect();
    try {
      await admin.query(`alter database ${name} allow_connections false`);
      await admin.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'guazu-worker' and datname = $1",
        [name],
      );
      await sleep(2_000);
    } finally {
      await admin.query(`alter database ${name} allow_connections true`);
      await admin.end();
    }
    // The two jobs in hand could not be ended: their slots died, and were replaced; the jobs come back with the lease.
    await vi.waitFor(async () => expect(await queue.left()).toBe(0), { timeout: 40_000, interval: 300 });
    expect(ran).toHaveLength(8);
    expect(new Set(ran).size).toBe(6);
    await system((tx) => enqueue(tx, job, { mark: "after" }));
    await until(() => ran.includes("after"));
  }, 60_000);
});
