import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { migrateDatabase } from "~db/index.server";
import { testDatabase } from "../../../tests/support/postgres";
import { asSystem, inScope } from "../db.server";
import {
  type Attempt,
  cancel,
  enqueue,
  type Lane,
  listDead,
  migrateJobs,
  retryDead,
  startWorkers,
} from "./index.server";
import { type Marked, recorder, system, testQueue, until } from "./queue-fixture.server";

const queue = testQueue(testDatabase);
/** Makes jobs that wait for their next attempt due. */
const hurry = () =>
  queue.owner.query("update graphile_worker._private_jobs set run_at = now() where locked_at is null");

describe("enqueue", () => {
  it("lets a job run after the commit and not before", async () => {
    const { job, ran } = recorder("inbound");
    await queue.work([job]);
    await inScope({}, async (tx) => {
      await enqueue(tx, job, { mark: "a" });
      await sleep(1_200);
      expect(ran).toEqual([]);
    });
    await until(() => ran.length === 1 && queue.left().then((n) => n === 0));
  });

  it("forgets the job of a transaction that is rolled back", async () => {
    const { job, ran } = recorder("inbound");
    await queue.work([job]);
    await expect(
      inScope({}, async (tx) => {
        await enqueue(tx, job, { mark: "undone" });
        throw new Error("changed my mind");
      }),
    ).rejects.toThrow("changed my mind");
    await system((tx) => enqueue(tx, job, { mark: "kept" }));
    await until(() => ran.length === 1);
    expect(ran).toEqual(["kept"]);
    expect(await queue.left()).toBe(0);
  });

  it("works as guazu_app and as guazu_system, which cannot read the queue themselves", async () => {
    const { job } = recorder("push");
    const roles = await Promise.all(
      [inScope.bind(null, {}), asSystem.bind(null, "test")].map((scoped) =>
        scoped(async (tx) => {
          await enqueue(tx, job, { mark: "a" });
          return (await tx.execute(sql`select current_user as role`)).rows[0]?.role;
        }),
      ),
    );
    expect(roles).toEqual(["guazu_app", "guazu_system"]);
    expect(await queue.left()).toBe(2);
    await expect(inScope({}, (tx) => tx.execute(sql`select * from graphile_worker._private_jobs`))).rejects.toThrow();
    await expect(inScope({}, (tx) => tx.execute(sql`select job.list_dead(1)`))).rejects.toThrow();
    await expect(inScope({}, (tx) => tx.execute(sql`select job.release('{}')`))).rejects.toThrow();
  });

  it("refuses a payload that does not fit, or that carries more than ids", async () => {
    const { job } = recorder("push");
    await expect(system((tx) => enqueue(tx, job, { mark: 7 } as unknown as Marked))).rejects.toThrow(z.ZodError);
    await expect(system((tx) => enqueue(tx, job, { mark: "x".repeat(3_000) }))).rejects.toThrow(RangeError);
    expect(await queue.left()).toBe(0);
  });

  it("keeps a timed job until its time", async () => {
    const { job, ran } = recorder("inbound");
    await queue.work([job]);
    await system((tx) => enqueue(tx, job, { mark: "in three days" }, { runAt: new Date(Date.now() + 3 * 86_400_000) }));
    await system((tx) => enqueue(tx, job, { mark: "in a second" }, { runAt: new Date(Date.now() + 1_000) }));
    await until(() => ran.length === 1);
    expect(ran).toEqual(["in a second"]);
    await expect.poll(() => queue.left()).toBe(1);
  });
});

describe("keys", () => {
  const later = new Date(Date.now() + 5 * 86_400_000);

  it("replace the waiting job", async () => {
    const { job, ran } = recorder("inbound");
    await system((tx) => enqueue(tx, job, { mark: "old" }, { key: "timer:1", runAt: later }));
    await system((tx) => enqueue(tx, job, { mark: "new" }, { key: "timer:1" }));
    await system((tx) => enqueue(tx, job, { mark: "other" }, { key: "timer:2", runAt: later }));
    expect(await queue.left()).toBe(2);
    await queue.work([job]);
    await until(() => ran.length > 0);
    expect(ran).toEqual(["new"]);
  });

  it("leave one job when two transactions use one at the same moment", async () => {
    const { job } = recorder("inbound");
    const marks = Array.from({ length: 12 }, (_, i) => `m${i}`);
    await Promise.all(
      marks.map((mark) => system((tx) => enqueue(tx, job, { mark }, { key: "timer:1", runAt: later }))),
    );
    expect(await queue.left()).toBe(1);
  });

  it("take a waiting job back, in the transaction of who cancels", async () => {
    const { job } = recorder("inbound");
    await system((tx) => enqueue(tx, job, { mark: "a" }, { key: "timer:1", runAt: later }));
    await expect(
      inScope({}, async (tx) => {
        await cancel(tx, "timer:1");
        throw new Error("undone");
      }),
    ).rejects.toThrow("undone");
    expect(await queue.left()).toBe(1);
    await inScope({}, (tx) => cancel(tx, "timer:1"));
    await inScope({}, (tx) => cancel(tx, "timer:unknown"));
    expect(await queue.left()).toBe(0);
  });

  it("let a running job end beside the one that replaces it, and never try it again", async () => {
    let fail = () => {};
    const gate = new Promise<void>((_, reject) => {
      fail = () => reject(new Error("too late"));
    });
    const { job, ran } = recorder("inbound", async ({ mark }) => {
      if (mark === "old") await gate;
    });
    await queue.work([job]);
    await system((tx) => enqueue(tx, job, { mark: "old" }, { key: "timer:1" }));
    await until(() => ran.includes("old"));
    await system((tx) => enqueue(tx, job, { mark: "new" }, { key: "timer:1" }));
    await until(() => ran.includes("new"));
    fail();
    await until(async () => (await queue.left()) === 0);
    expect(ran).toEqual(["old", "new"]);
  });
});

describe("lanes", () => {
  it("run in the order of urgency", async () => {
    const order: Lane[] = [];
    const jobs = (["report", "webhook", "push", "outbound", "inbound"] as const).map((lane) =>
      recorder(lane, async () => void order.push(lane)),
    );
    await system(async (tx) => {
      for (const { job } of jobs) for (const mark of ["a", "b"]) await enqueue(tx, job, { mark });
    });
    await queue.work(
      jobs.map(({ job }) => job),
      1,
    );
    await until(() => order.length === 10);
    expect(order.filter((_, i) => i % 2 === 0)).toEqual(["inbound", "outbound", "push", "webhook", "report"]);
    expect(order.filter((_, i) => i % 2 === 1)).toEqual(["inbound", "outbound", "push", "webhook", "report"]);
  });

  it("keep a slot for inbound while slow reports and slow providers hold all they may", async () => {
    const hold = (_: Marked, { signal }: Attempt) =>
      new Promise<void>((resolve) => {
        signal.addEventListener("abort", () => resolve());
        freeAll.push(resolve);
      });
    const freeAll: (() => void)[] = [];
    const report = recorder("report", hold);
    const outbound = recorder("outbound", hold);
    const inbound = recorder("inbound");
    await queue.work([report.job, outbound.job, inbound.job], 4);
    await system(async (tx) => {
      for (let i = 0; i < 20; i++) await enqueue(tx, report.job, { mark: `${i}` });
    });
    await until(() => report.ran.length === 2);
    await system(async (tx) => {
      for (let i = 0; i < 20; i++) await enqueue(tx, outbound.job, { mark: `${i}` });
    });
    await until(() => outbound.ran.length === 1);
    await system((tx) => enqueue(tx, inbound.job, { mark: "customer" }));
    await until(() => inbound.ran.length === 1);
    expect(report.ran).toHaveLength(2);
    expect(outbound.ran).toHaveLength(1);
    await queue.owner.query("delete from graphile_worker._private_jobs where locked_at is null");
    for (const free of freeAll) free();
  });
});

describe("failures", () => {
  it("are tried again later, then kept as a dead letter, then retried on demand", async () => {
    const attempts: [number, boolean][] = [];
    let healed = false;
    const { job, ran } = recorder(
      "webhook",
      async (_, { attempt, lastAttempt }) => {
        attempts.push([attempt, lastAttempt]);
        if (!healed) throw new Error("no answer");
      },
      3,
    );
    const { job: good, ran: goodRan } = recorder("inbound");
    await queue.work([job, good]);
    await system((tx) => enqueue(tx, job, { mark: "a" }));
    for (const n of [1, 2]) {
      await until(async () => {
        const { rows } = await queue.owner.query(
          "select run_at > now() as later from graphile_worker.jobs where locked_at is null and attempts = $1",
          [n],
        );
        return rows[0]?.later;
      });
      await hurry();
    }
    await until(async () => (await system((tx) => listDead(tx))).length === 1);
    expect(attempts).toEqual([
      [1, false],
      [2, false],
      [3, true],
    ]);

    const [dead] = await system((tx) => listDead(tx));
    expect(dead).toMatchObject({ lane: "webhook", task: "test.webhook", error: "no answer", attempts: 3 });
    expect(Math.abs(Date.now() - Date.parse(dead!.failed_at))).toBeLessThan(60_000);

    await system((tx) => enqueue(tx, good, { mark: "behind it" }));
    await until(() => goodRan.length === 1);
    expect(ran).toHaveLength(3);

    healed = true;
    expect(await system((tx) => retryDead(tx, ["999999"]))).toBe(0);
    expect(await system((tx) => retryDead(tx, [dead!.id]))).toBe(1);
    await until(async () => ran.length === 4 && (await queue.left()) === 0);
    expect(attempts.at(-1)).toEqual([1, false]);
    expect(await system((tx) => retryDead(tx, "all"))).toBe(0);
  });

  it("of the payload count as well, so that a poison job ends as a dead letter", async () => {
    const { job, ran } = recorder("push", undefined, 1);
    await system((tx) => enqueue(tx, { ...job, payload: z.object({}) as never }, {} as Marked));
    await queue.work([job]);
    await until(async () => (await system((tx) => listDead(tx))).length === 1);
    expect(ran).toEqual([]);
  });

  it("keep a dead letter for 30 days", async () => {
    const { job } = recorder("push");
    await system(async (tx) => {
      for (const mark of ["old", "recent", "waiting"]) await enqueue(tx, job, { mark });
    });
    await queue.owner.query(`update graphile_worker._private_jobs set attempts = max_attempts,
      updated_at = now() - case payload->>'mark' when 'old' then interval '31 days' else interval '29 days' end
      where payload->>'mark' <> 'waiting'`);
    await queue.work([recorder("inbound").job]);
    const { rows } = await queue.owner.query(
      "select payload->>'mark' as mark from graphile_worker._private_jobs order by 1",
    );
    expect(rows.map((row) => row.mark)).toEqual(["recent", "waiting"]);
  });
});

describe("a job that this process does not know", () => {
  it("waits untouched for a process that does", async () => {
    const known = recorder("inbound");
    const unknown = recorder("report");
    await queue.work([known.job]);
    await system(async (tx) => {
      await enqueue(tx, unknown.job, { mark: "newer version" });
      await enqueue(tx, known.job, { mark: "a" });
    });
    await until(() => known.ran.length === 1);
    const { rows } = await queue.owner.query("select attempts, locked_at from graphile_worker.jobs");
    expect(rows).toEqual([{ attempts: 0, locked_at: null }]);
    await queue.work([unknown.job]);
    await until(() => unknown.ran.length === 1);
  });

  it("cannot be two jobs of one name", async () => {
    const { job } = recorder("inbound");
    await expect(startWorkers({ url: queue.url, definitions: [job, job] })).rejects.toThrow("test.inbound");
  });
});

it("migrating again changes nothing that waits", async () => {
  const { job } = recorder("inbound");
  await system((tx) => enqueue(tx, job, { mark: "a" }));
  await migrateDatabase(queue.url, { after: migrateJobs });
  expect(await queue.left()).toBe(1);
});
