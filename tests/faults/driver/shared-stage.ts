import { afterAll, beforeAll, expect, it } from "vitest";
import { type Cluster, startCluster } from "./cluster";
import { type Crowd, gatherCrowd } from "./crowd";
import type { Fault, Line } from "./fault";
import { report } from "./report";
import { runFault } from "./run-fault";

const SIZE = { conversations: 30, staff: 10, each: 6 };
const OTHERS = { conversations: 4, staff: 2, each: 2 };
const PER_SECOND = 30;
/** Seconds on a machine of its own. A test that is given up would leave its fault to the next one. */
const LIMIT_MS = 300_000;

const seedOf = () => Number(process.env.FAULT_SEED ?? Math.floor(Math.random() * 2 ** 31));

/**
 * Tries each fault once and briefly, on one cluster that all of a file share. A failure prints the seed. `slow` is one
 * that mostly waits and disturbs nobody: it goes on beside the others, with people of its own.
 */
export function tryOnce(faults: readonly Fault[], slow?: Fault): void {
  let cluster: Cluster;
  let crowd: Crowd;
  let others: Crowd;
  let beside: Promise<Line> | undefined;
  beforeAll(async () => {
    cluster = await startCluster();
    others = await gatherCrowd(cluster, OTHERS, "no such word");
    crowd = await gatherCrowd(cluster, SIZE, others.canary);
    const quiet = { seed: seedOf(), short: true, perSecond: 2, beside: true };
    beside = slow && runFault(cluster, others, slow, quiet);
  }, LIMIT_MS);
  afterAll(async () => {
    await crowd?.stop();
    await others?.stop();
    await cluster?.dispose();
  });

  const hold = (line: Line | undefined) => {
    if (line) report(line);
    expect(line?.broken, `seed ${line?.seed}`).toEqual([]);
  };
  for (const fault of faults) {
    const tried = () => runFault(cluster, crowd, fault, { seed: seedOf(), short: true, perSecond: PER_SECOND });
    it(`${fault.title} (${fault.name})`, async () => hold(await tried()), LIMIT_MS);
  }
  if (slow) it(`${slow.title} (${slow.name})`, async () => hold(await beside), LIMIT_MS);
}
