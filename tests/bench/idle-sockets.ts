import { setTimeout as sleep } from "node:timers/promises";
import type { Benchmark, Row } from "./benchmark";
import { type FastSocket, openFastSocket } from "./driver/fast-socket";
import { cpuSeconds, residentBytes } from "./driver/process-figures";
import { startProgram } from "./driver/start-program";
import { inParallel, type ProductWorld, startProductWorld } from "./subject/product-world";

const TOPICS = 5;
const CONVERSATIONS = 200;
/** A principal may have a hundred sockets; it is a device of its own that each stands for. */
const SOCKETS_OF_ONE = 100;
const IDLE_SECONDS = 10;
/** Longer than two looks of the product's at its memory. */
const CALM_SECONDS = 12;
const MIB = 1024 * 1024;
/** Ports of one address run short at twenty thousand. */
const localAddress = (place: number) => `127.0.0.${1 + (place % 4)}`;

type Held = {
  bytes: number;
  acceptedSeconds: number;
  subscribedSeconds: number;
  cpuIdle: number;
  transactions: number;
};

/** What a process holds once it has given back what its start left behind. */
async function calmBytes(pid: number): Promise<number> {
  for (let last = residentBytes(pid); ; ) {
    await sleep(CALM_SECONDS * 1000);
    const now = residentBytes(pid);
    if (Math.abs(now - last) < 4 * MIB) return now;
    last = now;
  }
}

async function hold(
  pid: number,
  count: number,
  open: (place: number) => Promise<FastSocket>,
  subscribe: (sockets: FastSocket[]) => Promise<void>,
  transactions: () => Promise<number>,
): Promise<Held> {
  const before = await calmBytes(pid);
  const asked = await transactions();
  const begun = performance.now();
  const sockets = await inParallel(count, 2_000, open);
  const acceptedSeconds = (performance.now() - begun) / 1000;
  const from = performance.now();
  await subscribe(sockets);
  const subscribedSeconds = (performance.now() - from) / 1000;
  const done = (await transactions()) - asked;
  await sleep(2_000);
  const cpu = cpuSeconds(pid);
  await sleep(IDLE_SECONDS * 1000);
  const figures = {
    bytes: (residentBytes(pid) - before) / count,
    acceptedSeconds,
    subscribedSeconds,
    cpuIdle: ((cpuSeconds(pid) - cpu) / IDLE_SECONDS) * 100,
    transactions: done,
  };
  for (const socket of sockets) socket.close();
  return figures;
}

const conversationsOf = (world: ProductWorld, place: number) =>
  Array.from({ length: TOPICS }, (_, n) => world.guests[(place + n * 37) % CONVERSATIONS]?.conversation ?? "");

async function subscribeAll(world: ProductWorld, sockets: readonly FastSocket[]): Promise<void> {
  await Promise.all(
    sockets.map(
      (socket, place) =>
        new Promise<void>((done, fail) => {
          let missing = TOPICS;
          socket.onFrame = (bytes, start, end) => {
            const frame = bytes.toString("latin1", start, end);
            if (frame.includes('"error"')) fail(new Error(frame));
            if (frame.includes('"subscribed"') && --missing === 0) done();
          };
          for (const id of conversationsOf(world, place))
            socket.send(JSON.stringify({ t: "sub", topic: `conversation:${id}` }));
        }),
    ),
  );
}

async function holdProduct(world: ProductWorld, count: number): Promise<Held> {
  const tokens = await world.memberTokens(Math.ceil(count / SOCKETS_OF_ONE));
  const port = world.product.port;
  const transactions = async () => {
    const { rows } = await world.database.query(
      "select xact_commit::int as n from pg_stat_database where datname = current_database()",
    );
    return Number(rows[0]?.n);
  };
  const open = (place: number) =>
    openFastSocket({
      port,
      path: `/hub?access_token=${tokens[Math.floor(place / SOCKETS_OF_ONE)]}`,
      localAddress: localAddress(place),
    });
  return hold(world.pid, count, open, (sockets) => subscribeAll(world, sockets), transactions);
}

async function holdReference(count: number): Promise<Held> {
  const program = await startProgram("tests/bench/reference/raw-uws.ts");
  const names = (place: number) =>
    Array.from({ length: TOPICS }, (_, n) => `c:conversation-${(place + n * 37) % CONVERSATIONS}:s`);
  const open = (place: number) =>
    openFastSocket({ port: program.port, path: `/?topics=${names(place)}`, localAddress: localAddress(place) });
  const held = await hold(
    program.pid,
    count,
    open,
    async () => {},
    async () => 0,
  );
  await program.stop();
  return held;
}

const round = (value: number) => Math.round(value * 100) / 100;

export const idleSockets: Benchmark = {
  name: "idle-sockets",
  title: `Sockets that are signed in, hear ${TOPICS} conversations each, and are silent`,
  async run({ quick, say }) {
    const rows: Row[] = [];
    const counts = quick ? [500] : [2_500, 10_000];
    const world = await startProductWorld(CONVERSATIONS);
    try {
      for (const count of counts) {
        say(`${count} sockets`);
        const reference = await holdReference(count);
        const ours = await holdProduct(world, count);
        await sleep(3_000);
        rows.push({
          what: `memory, ${count} sockets`,
          unit: "bytes a socket",
          ours: ours.bytes,
          reference: { name: "raw uWebSockets.js", value: reference.bytes },
        });
        rows.push({
          what: `memory, ${count} sockets`,
          unit: "KB a socket",
          ours: ours.bytes / 1024,
          goal: { most: 4 },
          more: { idle_cpu_percent: round(ours.cpuIdle), idle_cpu_percent_reference: round(reference.cpuIdle) },
        });
        rows.push({
          what: `accepting ${count} sockets`,
          unit: "s until the last is in",
          ours: ours.acceptedSeconds,
          reference: { name: "raw uWebSockets.js", value: reference.acceptedSeconds },
          more: {
            subscribed_s: round(ours.subscribedSeconds),
            transactions: ours.transactions,
            transactions_a_socket: round(ours.transactions / count),
          },
        });
        if (count === 10_000)
          rows.push({ what: "accepting 10,000 sockets", unit: "s", ours: ours.acceptedSeconds, goal: { most: 2 } });
      }
    } finally {
      await world.stop();
    }
    return rows;
  },
};
