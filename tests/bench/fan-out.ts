import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { startRedis } from "../support/redis";
import type { Benchmark, Row, Setting } from "./benchmark";
import { type FastSocket, openFastSocket } from "./driver/fast-socket";
import { median, percentile } from "./driver/percentile";
import { cpuSeconds } from "./driver/process-figures";
import { type Program, startProgram } from "./driver/start-program";

const READERS = 500;
const TEXT_LENGTH = 200;
/** One reader in so many looks at the clock. */
const LOOKS = 10;
const CONVERSATION = randomUUID();

/** Who is measured: how its process starts, how a reader comes in, how a message is said. */
type Side = {
  name: string;
  program: string;
  reader(port: number, place: number): Promise<FastSocket>;
  say(text: string): string;
};

const raw: Side = {
  name: "raw uWebSockets.js",
  program: "tests/bench/reference/raw-uws.ts",
  reader: (port) => openFastSocket({ port, path: "/?topics=t" }),
  say: (text) => text,
};
const hub: Side = {
  name: "the hub",
  program: "tests/bench/subject/hub-process.ts",
  async reader(port, place) {
    const socket = await openFastSocket({ port, path: `/hub?access_token=reader-${place}` });
    const subscribed = new Promise<void>((done) => {
      socket.onFrame = (bytes, start, end) => bytes.toString("latin1", start, end).includes('"subscribed"') && done();
    });
    socket.send(JSON.stringify({ t: "sub", topic: `conversation:${CONVERSATION}` }));
    await subscribed;
    return socket;
  },
  say: (text) => JSON.stringify({ t: "send", ref: randomUUID(), conversation: CONVERSATION, text }),
};

/** How messages come: so many a second, all of a bunch at once; or so many under way at any moment. */
type Load = { perSecond: number; bunch: number } | { underWay: number };
type Figures = { cpuPerMillion: number; p99: number; perSecond: number };

const text = () => `@${performance.now().toFixed(3)}@`.padEnd(TEXT_LENGTH, "x");

async function measure(side: Side, load: Load, seconds: number, redisUrl?: string): Promise<Figures> {
  const programs: Program[] = [];
  const env: Record<string, string> = redisUrl ? { REDIS_URL: redisUrl } : {};
  for (let n = 0; n < (redisUrl ? 2 : 1); n++) programs.push(await startProgram(side.program, env));
  const readers: FastSocket[] = [];
  for (let place = 0; place < READERS; place++) {
    readers.push(await side.reader(programs[place % programs.length]?.port ?? 0, place));
  }
  const waits: number[] = [];
  let deliveries = 0;
  let echoed = 0;
  for (const [place, reader] of readers.entries()) {
    const looks = place % LOOKS === 0;
    reader.onFrame = (bytes, start, end) => {
      const at = bytes.indexOf("@", start);
      if (at < 0 || at >= end) return;
      deliveries++;
      if (place === 0) echoed++;
      if (looks) waits.push(performance.now() - Number(bytes.toString("latin1", at + 1, bytes.indexOf("@", at + 1))));
    };
  }
  const [speaker] = readers as [FastSocket];
  let said = 0;
  const say = () => {
    said++;
    speaker.send(side.say(text()));
  };
  await speak(say, () => said - echoed, load, Math.min(2, seconds / 3));
  await settle(() => deliveries === said * READERS);
  waits.length = 0;
  const before = deliveries;
  const cpu = programs.map(({ pid }) => cpuSeconds(pid));
  const begun = performance.now();
  await speak(say, () => said - echoed, load, seconds);
  await settle(() => deliveries === said * READERS);
  const took = (performance.now() - begun) / 1000;
  const used = programs.reduce((sum, { pid }, place) => sum + cpuSeconds(pid) - (cpu[place] ?? 0), 0);
  for (const reader of readers) reader.close();
  for (const program of programs) await program.stop();
  const measured = deliveries - before;
  return { cpuPerMillion: (used / measured) * 1e6, p99: percentile(waits, 0.99), perSecond: measured / took };
}

async function speak(say: () => void, underWay: () => number, load: Load, seconds: number): Promise<void> {
  const end = performance.now() + seconds * 1000;
  if ("underWay" in load) {
    while (performance.now() < end) {
      while (underWay() < load.underWay) say();
      await new Promise((turn) => setImmediate(turn));
    }
    return;
  }
  const every = (1000 * load.bunch) / load.perSecond;
  for (let next = performance.now(); next < end; next += every) {
    const wait = next - performance.now();
    if (wait > 0) await sleep(wait);
    for (let n = 0; n < load.bunch; n++) say();
  }
}

/** Until every reader has everything; a reader that never gets it is a fault of the measurement. */
async function settle(whole: () => boolean): Promise<void> {
  for (let waited = 0; !whole(); waited += 5) {
    if (waited > 30_000) throw new Error("a reader did not get everything");
    await sleep(5);
  }
}

/** Both sides in turn, several times: the machine's speed drifts. */
async function compare(setting: Setting, load: Load, redisUrl?: string) {
  const times = setting.quick ? 1 : 3;
  const seconds = setting.quick ? 1 : 6;
  const runs: Record<"raw" | "hub", Figures[]> = { raw: [], hub: [] };
  for (let n = 0; n < times; n++) {
    runs.raw.push(await measure(raw, load, seconds, redisUrl));
    runs.hub.push(await measure(hub, load, seconds, redisUrl));
  }
  const middle = (side: "raw" | "hub", figure: keyof Figures) => median(runs[side].map((run) => run[figure]));
  return {
    ours: (figure: keyof Figures) => middle("hub", figure),
    theirs: (figure: keyof Figures) => middle("raw", figure),
  };
}

const round = (value: number) => Math.round(value * 100) / 100;

async function rowsFor(setting: Setting, what: string, load: Load, most: number, redisUrl?: string): Promise<Row> {
  setting.say(what);
  const { ours, theirs } = await compare(setting, load, redisUrl);
  return {
    what,
    unit: "CPU-s per million deliveries",
    ours: ours("cpuPerMillion"),
    reference: { name: raw.name, value: theirs("cpuPerMillion") },
    goal: { most },
    more: {
      p99_ms: round(ours("p99")),
      p99_ms_reference: round(theirs("p99")),
      deliveries_per_s: Math.round(ours("perSecond")),
      deliveries_per_s_reference: Math.round(theirs("perSecond")),
    },
  };
}

export const fanOut: Benchmark = {
  name: "fan-out",
  title: `One topic, ${READERS} readers, ${TEXT_LENGTH} characters a message`,
  async run(setting) {
    const rows = [
      await rowsFor(setting, "one process, 50 msg/s", { perSecond: 50, bunch: 1 }, 1.15),
      await rowsFor(setting, "one process, saturated", { underWay: 64 }, 1.3),
    ];
    for (const bunch of [1, 20]) {
      const what = `one process, 1,000 msg/s ${bunch === 1 ? "evenly" : `in bunches of ${bunch}`}`;
      const row = await rowsFor(setting, what, { perSecond: 1_000, bunch }, 1);
      // The goal here is the figure itself.
      rows.push({ ...row, reference: undefined, more: { ...row.more, raw: round(row.reference?.value ?? 0) } });
    }
    const redis = await startRedis();
    try {
      rows.push(await rowsFor(setting, "two processes, 50 msg/s", { perSecond: 50, bunch: 1 }, 1.25, redis.url));
      rows.push(await rowsFor(setting, "two processes, saturated", { underWay: 64 }, 1.25, redis.url));
    } finally {
      await redis.stop();
    }
    return rows;
  },
};
