import { setTimeout as sleep } from "node:timers/promises";
import type { Cluster } from "../driver/cluster";
import type { Fault, Scene } from "../driver/fault";
import { beginUpload, type ResumingSender } from "../driver/peers/resuming-sender";
import { residentMb } from "../driver/process-state";

const MB = 1_000_000;
const SHORT = { size: 200 * MB, cuts: 12 };
const WHOLE = { size: 5_000 * MB, cuts: 100 };
const LARGEST_PART = 48 * MB;
/** What waits of two parts, and what the collector lets lie; a twentieth of what comes in the whole run. */
const MOST_GROWN_MB = 250;

/** Looks again and again how much memory the servers hold; each process for itself, from when it was first seen. */
function watchMemory({ a, b }: Cluster) {
  const seen = new Map<number, { first: number; most: number }>();
  const look = () => {
    for (const pid of [a.pid(), b.pid()]) {
      const now = residentMb(pid);
      if (pid === undefined || now === 0) continue;
      const before = seen.get(pid) ?? { first: now, most: now };
      seen.set(pid, { first: before.first, most: Math.max(before.most, now) });
    }
  };
  look();
  const timer = setInterval(look, 50);
  const start = Math.max(...[...seen.values()].map(({ first }) => first));
  return {
    stop: () => clearInterval(timer),
    start,
    most: () => Math.max(...[...seen.values()].map(({ most }) => most)),
    /** Of a process that was there from the beginning: one that begins anew grows by what it loads. */
    grown: (pid: number | undefined) => {
      const own = seen.get(pid ?? 0);
      return own ? own.most - own.first : 0;
    },
  };
}

type Plan = { size: number; cuts: number; kills: number[] };

/** Ends A as a power cut does, a moment after it was asked for; the next waits until A is there again. */
function killer({ cluster, random }: Scene) {
  const { a } = cluster;
  let back: Promise<void> = Promise.resolve();
  let kills = 0;
  const killAndRestart = async () => {
    await sleep(200 * random());
    cluster.balance(a, false);
    await a.kill9();
    await a.startAgain();
    cluster.balance(a, true);
  };
  return {
    kills: () => kills,
    back: () => back,
    kill: () => {
      kills++;
      back = back.then(killAndRestart);
    },
  };
}

/** Sends all of it, in parts of any size, some of which are cut at any byte, and some of which A does not live through. */
async function sendThrough(scene: Scene, sender: ResumingSender, { size, cuts, kills }: Plan) {
  const { random, cluster } = scene;
  const places = Array.from({ length: cuts }, () => Math.floor(random() * size)).toSorted((x, y) => x - y);
  const { kill, back, kills: killed } = killer(scene);
  const done = { cuts: 0, brokenByServer: 0 };
  for (let at = await sender.offset(); at < size; at = await sender.offset()) {
    const length = Math.min(size - at, 1 + Math.floor(random() * LARGEST_PART));
    const fatal = (kills[0] ?? size + 1) <= at + length;
    const cut = places.find((place) => place >= at && place < at + length);
    const cutAt = fatal || cut === undefined ? length : cut - at;
    if (fatal) await back();
    const mark = fatal ? Math.max(1, (kills[0] ?? 0) - at) : length + 1;
    let due = fatal;
    const whole = await sender.send({ from: at, length, cutAt, ...(fatal && { host: cluster.a.url }) }, (bytes) => {
      if (!due || bytes < mark) return;
      due = false;
      kills.shift();
      kill();
    });
    if (cutAt < length) {
      done.cuts++;
      places.splice(0, places.indexOf(cut ?? 0) + 1);
    } else if (!whole && !fatal) done.brokenByServer++;
  }
  await back();
  return { ...done, kills: killed() };
}

async function cutAndKill(scene: Scene): Promise<void> {
  const { cluster, crowd, short, random, note, promise } = scene;
  const { size, cuts } = short ? SHORT : WHOLE;
  let turn = 0;
  /** Now this server, now that one. */
  const host = () => cluster.alive()[turn++ % cluster.alive().length] ?? cluster.b.url;
  const sender = await beginUpload(host, crowd.handle, size, Math.floor(random() * 2 ** 31));
  const memory = watchMemory(cluster);
  const from = performance.now();
  try {
    const kills = [Math.floor(size * (0.2 + random() * 0.6)), size];
    const done = await sendThrough(scene, sender, { size, cuts, kills });
    const seconds = (performance.now() - from) / 1000;
    await sleep(200);
    promise("the file that came is the file that was sent (I7)", await sender.isEqual());
    promise("a server died twice", done.kills === 2);
    note("size_mb", size / MB);
    note("cuts", done.cuts);
    note("kills", done.kills);
    note("broken_by_server", done.brokenByServer);
    note("resent_percent", (100 * (sender.sent() - size)) / size);
    note("upload_s", seconds);
  } finally {
    memory.stop();
  }
  const grown = memory.grown(cluster.b.pid());
  note("rss_start_mb", memory.start);
  note("rss_max_mb", memory.most());
  note("rss_grown_mb", grown);
  promise(`memory grew by ${grown} MB`, grown < MOST_GROWN_MB);
}

const f28: Fault = {
  name: "F28",
  title: "a large upload is cut at any byte, and a server dies in its midst and at its end",
  inject: cutAndKill,
};

export const UPLOAD_FAULTS = [f28];
