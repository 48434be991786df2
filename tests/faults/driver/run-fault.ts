import { setTimeout as sleep } from "node:timers/promises";
import { randomOf } from "../../support/graph-standin/statuses";
import { headsOf, percentile, timeCatchUp } from "./catch-up";
import type { Cluster } from "./cluster";
import type { Crowd } from "./crowd";
import { expectSoon } from "./expect-soon";
import type { Fault, Line, Scene } from "./fault";
import { longestSilence } from "./journal";
import { startLoad } from "./load";
import { descriptors, isAlive } from "./process-state";
import { spreadCrowd } from "./spread-crowd";
import { judge, type Verdict } from "./verdict";

export type RunOptions = {
  seed: number;
  short: boolean;
  perSecond: number;
  /** Another fault is tried on the same cluster meanwhile, so that what the servers hold open says nothing. */
  beside?: boolean;
};

/** Seconds on a machine of its own; a busy one takes longer, and is not at fault. */
const QUIET_MS = 120_000;
/** Pool connections and the like that come and go beside the sockets. */
const SPARE_DESCRIPTORS = 40;

const round = (value: number) => Math.round(value * 1000) / 1000;

/** What must be nothing, whatever the fault was. */
const ZEROES = ["lost", "dup", "holes", "behind", "reordered", "unsettled", "foreign", "unknown"] as const;

/** Descriptors of both processes beside those of this crowd's sockets. */
function spareDescriptors(cluster: Cluster, crowd: Crowd): number {
  return [cluster.a, cluster.b].reduce((sum, node) => {
    const sockets = crowd.peers.filter((peer) => peer.status() === "open" && peer.at() === node.url).length;
    return sum + (descriptors(node.pid()) ?? sockets) - sockets;
  }, 0);
}

/** Until every send has its answer and every reader has all, or a minute has passed. */
async function quiet(cluster: Cluster, crowd: Crowd): Promise<Verdict> {
  const settled = async () => {
    const found = await judge(cluster, crowd);
    return found.behind + found.unsettled + found.unknown === 0;
  };
  await expectSoon("all is answered and read", settled, QUIET_MS, 300).catch(() => {});
  return judge(cluster, crowd);
}

/**
 * One fault from beginning to end: people write, the fault comes and goes, everybody catches up, and the invariants of
 * the catalogue are judged from what senders and readers have in hand.
 */
export async function runFault(cluster: Cluster, crowd: Crowd, fault: Fault, options: RunOptions): Promise<Line> {
  const { seed, short, perSecond } = options;
  const random = randomOf(seed);
  const broken: string[] = [];
  const figures: Record<string, number | string> = {};
  const tidying: (() => Promise<unknown>)[] = [];
  await spreadCrowd(cluster, crowd);
  const spare = spareDescriptors(cluster, crowd);
  const first = crowd.journal.entries.length;
  const scene: Scene = {
    cluster,
    crowd,
    random,
    short,
    pause: (shortMs, fullMs) => sleep((short ? shortMs : fullMs) * (0.5 + random() / 2)),
    note: (name, value) => {
      figures[name] = typeof value === "number" ? round(value) : value;
    },
    promise: (what, holds) => void (holds || broken.push(what)),
    after: (tidy) => void tidying.push(tidy),
  };
  const load = startLoad(crowd, perSecond);
  await scene.pause(1_000, 5_000);
  const injected = performance.now();
  try {
    await fault.inject(scene);
  } catch (error) {
    broken.push(`the fault itself failed: ${error instanceof Error ? error.stack : error}`);
  }
  for (const tidy of tidying) await tidy();
  const catchUp = await timeCatchUp(crowd.peers, await headsOf(cluster, crowd), QUIET_MS);
  await scene.pause(500, 3_000);
  load.stop();
  const found = await quiet(cluster, crowd);
  for (const name of ZEROES) scene.promise(`${name} is ${found[name]}, not 0`, found[name] === 0);
  for (const { name, pid } of [cluster.a, cluster.b]) scene.promise(`${name} lives (I8)`, isAlive(pid()));
  const grown = () => spareDescriptors(cluster, crowd) - spare;
  const back = () => options.beside === true || grown() <= SPARE_DESCRIPTORS + spare * 0.1;
  // A rush fills the pools; what then lies idle in them is given back after a while.
  await expectSoon("what was opened is closed", back, QUIET_MS, 300).catch(() => {});
  scene.promise(`descriptors grew by ${grown()} (I8)`, back());
  const entries = crowd.journal.entries.slice(first);
  const refused = entries.filter((entry) => entry.refused !== undefined);
  scene.promise(`people saw ${refused[0]?.refused}`, refused.length === 0);
  return {
    fault: fault.name,
    seed,
    runs: 1,
    acked: entries.filter(({ answered }) => answered).length,
    lost: found.lost,
    dup: found.dup,
    reordered: found.reordered,
    unknown: found.unknown,
    catchup_p50_s: round(percentile(catchUp, 0.5)),
    catchup_max_s: round(percentile(catchUp, 1)),
    write_outage_max_s: round(longestSilence(entries, injected)),
    errors_user_visible: refused.length,
    repeated: entries.filter(({ answered }) => answered?.dedup).length,
    ...figures,
    broken,
  };
}
