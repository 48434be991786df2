import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { testDatabase } from "../../../tests/support/postgres";
import { asSystem } from "../db.server";
import { defineJob, enqueue, listDead } from "./index.server";
import { testQueue } from "./queue-fixture.server";

const queue = testQueue(testDatabase);
const children: ChildProcess[] = [];

const marked = defineJob({
  name: "test.inbound",
  lane: "inbound",
  payload: z.object({ mark: z.string() }),
  async run() {},
});
const add = (...marks: string[]) =>
  asSystem("test", async (tx) => {
    for (const mark of marks) await enqueue(tx, marked, { mark });
  });
const noted = async (what: string) =>
  (await queue.owner.query<{ mark: string; pid: number }>("select mark, pid from run_noted where what = $1", [what]))
    .rows;

async function workerProcess(): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ["--import", "tsx", "app/platform/jobs/worker-process-fixture.server.ts", queue.url],
    {
      stdio: ["ignore", "pipe", "inherit"],
      env: { ...process.env, LOG_LEVEL: "fatal" },
    },
  );
  children.push(child);
  await once(child.stdout!, "data");
  return child;
}

beforeAll(async () => {
  await queue.owner.query("create table run_noted (mark text not null, what text not null, pid int not null)");
});

afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  await queue.owner.query("delete from run_noted");
});

describe("several worker processes", () => {
  it("share the jobs and run none together", async () => {
    const processes = await Promise.all([workerProcess(), workerProcess()]);
    for (let batch = 0; batch < 10; batch++) await add(...Array.from({ length: 40 }, (_, i) => `${batch}.${i}`));
    await vi.waitFor(async () => expect(await queue.left()).toBe(0), { timeout: 25_000, interval: 100 });
    const runs = await noted("begun");
    expect(runs).toHaveLength(400);
    expect(new Set(runs.map((run) => run.mark)).size).toBe(400);
    expect(new Set(runs.map((run) => run.pid))).toEqual(new Set(processes.map((child) => child.pid)));
  });

  it("take over what a killed and a suspended process held, in under 30 s and once", async () => {
    const [killed, suspended] = [await workerProcess(), await workerProcess()];
    for (const mark of ["hold 1", "hold 2", "hold 3", "hold 4"]) await add(mark);
    await vi.waitFor(async () => expect(await noted("begun")).toHaveLength(4), { timeout: 15_000 });
    expect(new Set((await noted("begun")).map((run) => run.pid)).size).toBe(2);

    const ran: [string, number][] = [];
    const job = defineJob({ ...marked, run: async ({ mark }, { attempt }) => void ran.push([mark, attempt]) });
    await queue.work([job], 2);
    const gone = Date.now();
    killed.kill("SIGKILL");
    suspended.kill("SIGSTOP");
    await vi.waitFor(() => expect(ran).toHaveLength(4), { timeout: 30_000, interval: 100 });
    expect(Date.now() - gone).toBeLessThan(30_000);

    suspended.kill("SIGCONT");
    await vi.waitFor(async () => expect(await noted("aborted")).toHaveLength(2), { timeout: 10_000 });
    await sleep(1_500);
    expect(ran.sort()).toEqual([
      ["hold 1", 2],
      ["hold 2", 2],
      ["hold 3", 2],
      ["hold 4", 2],
    ]);
    expect(await queue.left()).toBe(0);
    expect(await asSystem("test", (tx) => listDead(tx))).toEqual([]);
  }, 90_000);

  it("make a job that kills its process a dead letter after its last attempt", async () => {
    const once = { ...marked, maxAttempts: 1 };
    const child = await workerProcess();
    await asSystem("test", (tx) => enqueue(tx, once, { mark: "hold and die" }));
    await vi.waitFor(async () => expect(await noted("begun")).toHaveLength(1), { timeout: 10_000 });
    child.kill("SIGKILL");
    await queue.work([once], 1);
    await vi.waitFor(
      async () =>
        expect(await asSystem("test", (tx) => listDead(tx))).toMatchObject([{ error: "the process that ran it died" }]),
      { timeout: 30_000, interval: 200 },
    );
  }, 60_000);
});
