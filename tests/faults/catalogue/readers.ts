import { setTimeout as sleep } from "node:timers/promises";
import { percentile } from "../driver/catch-up";
import { expectSoon } from "../driver/expect-soon";
import type { Fault } from "../driver/fault";
import { residentMb } from "../driver/process-state";
import { gatherBehindWire } from "../driver/wired-crowd";

/** About the longest text that is taken. The kernel alone keeps some ten megabytes for one who does not read. */
const LONG_TEXT = "palabras y más palabras, ".repeat(600);

const f15: Fault = {
  name: "F15",
  title: "a reader reads nothing while two thousand events come for it",
  async inject(scene) {
    const { cluster, crowd, short, note, promise } = scene;
    const events = short ? 1_000 : 2_000;
    const wired = await gatherBehindWire(scene, 1, events);
    const [slow] = wired.peers;
    let code = 0;
    slow?.socket()?.on("close", (how: number) => {
      code = how;
    });
    const before = residentMb(cluster.b.pid());
    const from = performance.now();
    wired.wire.flow("pass", "hold");
    await wired.writeFromInside(events, LONG_TEXT);
    await expectSoon("the server parts with it", () => wired.wire.endedByServer() > 0);
    const waits = crowd.journal.entries.flatMap(({ at, answered }) =>
      at > from && answered ? [answered.at - at] : [],
    );
    note("others_p99_ms", percentile(waits, 0.99));
    const grown = residentMb(cluster.b.pid()) - before;
    note("server_rss_delta_mb", grown);
    promise(`the server keeps little for it (${grown} MB more)`, grown < 200);
    wired.wire.flow("pass", "pass");
    note("catchup_slow_s", (await wired.settle()) / 1000);
    note("close_code", code);
    promise("it came back", (slow?.seen.connects ?? 0) > 1);
  },
};

const f9: Fault = {
  name: "F9",
  title: "many write into one conversation",
  async inject(scene) {
    const { short, note } = scene;
    const writers = short ? 16 : 64;
    const wired = await gatherBehindWire(scene, 1, writers * 90);
    const from = performance.now();
    let writing = true;
    const writes = Promise.all(Array.from({ length: writers }, (_, n) => wired.writeInTurn(n, () => writing)));
    await sleep(short ? 2_000 : 60_000);
    writing = false;
    await writes;
    const seconds = (performance.now() - from) / 1000;
    const waits = wired.journal.entries.flatMap(({ at, answered }) =>
      at > from && answered ? [answered.at - at] : [],
    );
    note("hot_per_second", waits.length / seconds);
    note("hot_p99_ms", percentile(waits, 0.99));
    await wired.settle();
  },
};

export const READER_FAULTS = [f9, f15];
