import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../driver/catch-up";
import type { Node } from "../driver/cluster";
import { expectSoon } from "../driver/expect-soon";
import type { Fault, Scene } from "../driver/fault";
import { residentMb } from "../driver/process-state";
import { redisCommand } from "../driver/redis-command";

/** Ends it as a power cut does, and starts it again after a while. */
async function killAndRestart({ cluster, pause }: Scene, node: Node): Promise<void> {
  cluster.balance(node, false);
  await node.kill9();
  await pause(1_000, 5_000);
  await node.startAgain();
  cluster.balance(node, true);
}

const f1: Fault = {
  name: "F1",
  title: "a server dies while it accepts messages",
  inject: (scene) => killAndRestart(scene, scene.random() < 0.5 ? scene.cluster.a : scene.cluster.b),
};

const f5: Fault = {
  name: "F5",
  title: "everything dies at once",
  async inject({ cluster, crowd, pause, note }) {
    const { a, b, postgres, redis } = cluster;
    await Promise.all([a.kill9(), b.kill9(), redis.kill(), postgres.stop("immediate")]);
    await pause(500, 5_000);
    const from = performance.now();
    await Promise.all([postgres.start(), redis.restart()]);
    await Promise.all([a.startAgain(), b.startAgain()]);
    const accepted = () => crowd.journal.entries.some(({ answered }) => answered && answered.at > from);
    await expectSoon("a message is accepted again", accepted);
    note("first_accepted_s", (performance.now() - from) / 1000);
  },
};

const f16: Fault = {
  name: "F16",
  title: "a server stands still for a while",
  async inject({ cluster, crowd, short, note, promise }) {
    const { a, b } = cluster;
    const from = performance.now();
    process.kill(a.pid() ?? 0, "SIGSTOP");
    cluster.balance(a, false);
    await sleep(short ? 5_000 : 20_000);
    const to = performance.now();
    process.kill(a.pid() ?? 0, "SIGCONT");
    cluster.balance(a, true);
    const atB = crowd.journal.entries.filter(({ at, answered }) => at > from && at < to && answered);
    const waits = atB.flatMap(({ at, answered }) => (answered && answered.at < to ? [answered.at - at] : []));
    note("others_p99_ms", percentile(waits, 0.99));
    note("others_acked", waits.length);
    promise(`${b.name} goes on alone`, waits.length > 0);
  },
};

const f35: Fault = {
  name: "F35",
  title: "both servers are replaced one after the other",
  async inject({ cluster, crowd, promise, note }) {
    const before = crowd.peers.map(({ seen }) => seen.connects);
    let longest = 0;
    for (const node of [cluster.a, cluster.b]) {
      cluster.balance(node, false);
      const from = performance.now();
      promise(`${node.name} ends in order`, (await node.stop()) === 0);
      longest = Math.max(longest, (performance.now() - from) / 1000);
      await node.startAgain();
      cluster.balance(node, true);
    }
    const back = () => crowd.peers.every((peer) => peer.status() === "open");
    await expectSoon("everybody is connected again", back);
    note("drain_max_s", longest);
    note(
      "reconnects",
      crowd.peers.reduce((sum, { seen }, place) => sum + seen.connects - (before[place] ?? 0), 0),
    );
  },
};

const f41: Fault = {
  name: "F41",
  title: "servers and stores fail again and again for a long time",
  async inject(scene) {
    const { cluster, short, random, note, pause } = scene;
    const memory = () => Math.max(...[cluster.a, cluster.b].map(({ pid }) => residentMb(pid())));
    const before = memory();
    const troubles = [
      () => killAndRestart(scene, random() < 0.5 ? cluster.a : cluster.b),
      () => cluster.redis.restart(),
      () => redisCommand(cluster.redis.url, "CLIENT", "KILL", "TYPE", "pubsub"),
    ];
    const rounds = short ? 3 : 20;
    for (let round = 0; round < rounds; round++) {
      await troubles[short ? round : Math.floor(random() * troubles.length)]?.();
      await pause(500, 30_000);
    }
    note("rounds", rounds);
    note("rss_grown_mb", memory() - before);
  },
};

export const PROCESS_FAULTS = [f1, f5, f16, f35, f41];
