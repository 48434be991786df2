import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { headsOf, percentile, timeCatchUp } from "./driver/catch-up";
import { type Cluster, startCluster } from "./driver/cluster";
import { type Crowd, gatherCrowd } from "./driver/crowd";
import { expectSoon } from "./driver/expect-soon";
import { longestSilence } from "./driver/journal";
import { type Load, startLoad } from "./driver/load";
import { report } from "./driver/report";
import { judge } from "./driver/verdict";

/** 200 sockets over both servers; each conversation has its customer and four of staff. */
const SIZE = { conversations: 100, staff: 100, each: 4 };
/** Asked for. What is reached is printed: the generator, both servers and PostgreSQL share the machine. */
const PER_SECOND = 500;
const PART_MS = 4_000;
const SLOW_MACHINE_MS = 240_000;

describe("200 readers over two servers and 500 messages a second, while each part fails once (F1, F12, F13)", () => {
  let cluster: Cluster;
  let others: Crowd;
  let crowd: Crowd;
  let load: Load | undefined;
  beforeAll(async () => {
    cluster = await startCluster();
    others = await gatherCrowd(cluster, { conversations: 2, staff: 1, each: 2 }, "no such word");
    crowd = await gatherCrowd(cluster, SIZE, others.canary);
  }, SLOW_MACHINE_MS);
  afterAll(async () => {
    load?.stop();
    await crowd?.stop();
    await others?.stop();
    await cluster?.dispose();
  });

  /** A fault, and the seconds in which nothing was acknowledged from its begin to the begin of the next. */
  async function during(fault: () => Promise<void>): Promise<number> {
    const from = performance.now();
    await fault();
    await sleep(PART_MS);
    return longestSilence(crowd.journal.entries, from);
  }
  const acknowledged = () => crowd.journal.entries.filter(({ answered }) => answered).length;

  it(
    "loses nothing acknowledged, doubles nothing, and every reader's list equals the database's, in order",
    async () => {
      const { a, postgres, redis } = cluster;
      // A ticket's first reply takes it, which is another way; what is measured is the talk that follows.
      for (let n = 0; n < SIZE.each; n++)
        await Promise.all(crowd.staff.map((peer) => crowd.journal.write(peer, peer.conversations[n] ?? "", "hola")));
      const begun = performance.now();
      const first = acknowledged();
      load = startLoad(crowd, PER_SECOND);
      await sleep(PART_MS);
      const undisturbed = (acknowledged() - first) / ((performance.now() - begun) / 1000);
      const silent = {
        kill: await during(async () => {
          cluster.balance(a, false);
          await a.kill9();
          await a.startAgain();
          cluster.balance(a, true);
        }),
        redis: await during(() => redis.restart()),
        postgres: await during(async () => {
          await postgres.stop("immediate");
          await postgres.start();
        }),
      };
      load.stop();
      const seconds = (performance.now() - begun) / 1000;
      const catchUp = await timeCatchUp(crowd.peers, await headsOf(cluster, crowd), SLOW_MACHINE_MS);
      const settled = async () => {
        const { behind, unknown } = await judge(cluster, crowd);
        return behind + unknown === 0;
      };
      await expectSoon("all is answered and read", settled, SLOW_MACHINE_MS, 500).catch(() => {});
      const found = await judge(cluster, crowd);
      report({
        fault: "F1+F12+F13",
        ...found,
        acked: acknowledged(),
        readers: crowd.peers.length,
        asked_per_second: PER_SECOND,
        offered_per_second: Math.round(load.made() / seconds),
        accepted_per_second_undisturbed: Math.round(undisturbed),
        accepted_per_second_in_all: Math.round((acknowledged() - first) / seconds),
        repeated: crowd.journal.entries.filter(({ answered }) => answered?.dedup).length,
        reconnects: crowd.peers.reduce((sum, { seen }) => sum + seen.connects - 1, 0),
        silent_after_kill_s: silent.kill,
        silent_after_redis_s: silent.redis,
        silent_after_postgres_s: silent.postgres,
        catchup_p50_s: percentile(catchUp, 0.5),
        catchup_max_s: percentile(catchUp, 1),
      });
      expect(found).toEqual({
        stored: acknowledged(),
        lost: 0,
        dup: 0,
        holes: 0,
        behind: 0,
        reordered: 0,
        unknown: 0,
        unsettled: 0,
        foreign: 0,
        errors_user_visible: 0,
      });
      expect(acknowledged() - first).toBeGreaterThan(SIZE.conversations);
    },
    2 * SLOW_MACHINE_MS,
  );
});
