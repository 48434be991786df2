import { setTimeout as sleep } from "node:timers/promises";
import { expectSoon } from "../driver/expect-soon";
import type { Fault, Scene } from "../driver/fault";
import { descriptors } from "../driver/process-state";
import { redisCommand } from "../driver/redis-command";
import { gatherBehindWire } from "../driver/wired-crowd";

const topicsAtRedis = async (url: string) =>
  ((await redisCommand(url, "PUBSUB", "CHANNELS", "guazu:*")) as string[]).length;

const f8: Fault = {
  name: "F8",
  title: "acknowledgements are lost on the way",
  async inject(scene) {
    const wired = await gatherBehindWire(scene, 10);
    const from = wired.journal.entries.length;
    wired.wire.flow("pass", "vanish");
    const writing = wired.peers.flatMap((peer) => [wired.write(peer), wired.write(peer)]);
    await sleep(scene.short ? 1_500 : 5_000);
    // What vanished is missing in the stream: such a connection can only break.
    wired.wire.flow("pass", "pass");
    wired.wire.cut();
    await Promise.all(writing);
    const repeated = wired.journal.entries.slice(from).filter(({ answered }) => answered?.dedup);
    scene.note("told_as_there_already", repeated.length);
    scene.promise("each lost acknowledgement comes again", repeated.length === writing.length);
    await wired.settle();
  },
};

const f10: Fault = {
  name: "F10",
  title: "the network is cut, for a moment and for long",
  async inject(scene) {
    const { cluster, short, note, promise } = scene;
    const wired = await gatherBehindWire(scene, short ? 3 : 6, short ? 130 : 710);
    const bytes = () => wired.peers.reduce((sum, { seen }) => sum + seen.bytes, 0);
    const connects = () => wired.peers.reduce((sum, { seen }) => sum + seen.connects, 0);
    const meanwhile = (each: number) => wired.writeFromInside(each);
    // A moment: what was on the way waits, and the connections live on.
    const before = connects();
    wired.wire.flow("hold", "hold");
    await Promise.all([meanwhile(5), sleep(short ? 2_000 : 3_000)]);
    wired.wire.flow("pass", "pass");
    note("catchup_moment_s", (await wired.settle()) / 1000);
    promise("a moment's cut costs no connection", connects() === before);
    // For long: the connections die, and far more happens than fits one answer.
    wired.wire.refuse(true);
    wired.wire.cut();
    await meanwhile(short ? 120 : 700);
    if (!short) await sleep(90_000);
    const from = bytes();
    wired.wire.refuse(false);
    note("catchup_long_s", (await wired.settle()) / 1000);
    note("catchup_long_kb", Math.round((bytes() - from) / 1024));
    note(
      "resyncs",
      wired.peers.reduce((sum, { seen }) => sum + seen.resyncs, 0),
    );
    await expectSoon("both servers answer", async () => {
      const answers = await Promise.all(cluster.alive().map((url) => fetch(`${url}/readyz`)));
      return answers.every(({ ok }) => ok);
    });
  },
};

const f11: Fault = {
  name: "F11",
  title: "the network comes and goes",
  async inject(scene) {
    const { cluster, short, random, note, promise } = scene;
    const wired = await gatherBehindWire(scene, 10);
    const topics = await topicsAtRedis(cluster.redis.url);
    const open = [cluster.a, cluster.b].map(({ pid }) => descriptors(pid()) ?? 0);
    for (const end = performance.now() + (short ? 6_000 : 120_000); performance.now() < end; ) {
      await sleep((short ? 1_500 : 5_000) * (0.2 + 0.8 * random()));
      void wired.writeFromInside(1);
      wired.wire.cut();
    }
    note("catchup_flapping_s", (await wired.settle()) / 1000);
    note(
      "reconnects",
      wired.peers.reduce((sum, { seen }) => sum + seen.connects - 1, 0),
    );
    await expectSoon("no subscription is left over", async () => (await topicsAtRedis(cluster.redis.url)) <= topics);
    const grown = () =>
      Math.max(...[cluster.a, cluster.b].map(({ pid }, place) => (descriptors(pid()) ?? 0) - (open[place] ?? 0)));
    const most = wired.peers.length + 20;
    await expectSoon("cut connections are closed", () => grown() <= most, 60_000).catch(() => {});
    note("descriptors_grown", grown());
    promise("cut connections are closed", grown() <= most);
  },
};

/** The silent end of a connection: no byte passes in either direction any more, and nobody says so. */
async function halfOpen(scene: Scene): Promise<void> {
  const { note, promise } = scene;
  const wired = await gatherBehindWire(scene, 4);
  const before = wired.peers.map(({ seen }) => seen.connects);
  wired.wire.flow("vanish", "vanish");
  const open = wired.wire.open();
  const [clientMs, serverMs] = await Promise.all([
    expectSoon("every client gives up", () => wired.peers.every(({ status }) => status() !== "open"), 120_000),
    expectSoon("the server ends them all", () => wired.wire.endedByServer() >= open, 120_000),
  ]);
  wired.wire.flow("pass", "pass");
  wired.wire.cut();
  note("client_detects_s", clientMs / 1000);
  note("server_closes_s", serverMs / 1000);
  // Two heartbeats of 15 s after the first that had no answer; 60 s of silence and uWebSockets.js' coarse clock.
  promise("a client notices within its heartbeats", clientMs < 50_000);
  promise("a server notices within its idle time", serverMs < 90_000);
  await wired.settle();
  note(
    "reconnects",
    wired.peers.reduce((sum, { seen }, place) => sum + seen.connects - (before[place] ?? 0), 0),
  );
}

/** Mostly a minute and more of waiting. */
export const SILENT_DEATH: Fault = { name: "F45", title: "a connection dies silently", inject: halfOpen };

export const NETWORK_FAULTS = [f8, f10, f11];
