import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { runQuery } from "../support/postgres-query";
import type { Benchmark, Row } from "./benchmark";
import { type FastSocket, openFastSocket } from "./driver/fast-socket";
import { median, percentile } from "./driver/percentile";
import { pgbench } from "./driver/pgbench";
import { cpuSeconds } from "./driver/process-figures";
import { type Guest, type ProductWorld, startProductWorld } from "./subject/product-world";

/** An account may send a hundred messages a minute; a sender here moves on to the next customer before. */
const OF_ONE_GUEST = 90;
const ANSWER_MS = 20_000;
/** One address may have so many guests: the most customers come from enough of them. */
const SENDER_ADDRESSES = 16;
const TEXT = "x".repeat(200);
const REFERENCE = "pgbench, one function call";
const RANDOM_CONVERSATION = `\\set c random(1, 1000)\nselect append(:c, '${TEXT}');`;
const ONE_CONVERSATION = `select append(1, '${TEXT}');`;

type Figures = { perSecond: number; p50: number; p99: number; cpuPerThousand: number };

/** A socket on which one message at a time is sent; resolves with the time until its acknowledgement, in ms. */
async function openSender(port: number, { token, conversation }: Guest, place: number) {
  const localAddress = `127.0.0.${1 + (place % SENDER_ADDRESSES)}`;
  const socket = await openFastSocket({ port, path: `/hub?access_token=${token}`, localAddress });
  return {
    socket,
    send: () =>
      new Promise<number>((done, fail) => {
        const from = performance.now();
        const late = setTimeout(fail, ANSWER_MS, new Error("a message was not answered"));
        socket.onFrame = (bytes, start, end) => {
          const frame = bytes.toString("latin1", start, Math.min(end, start + 200));
          if (frame.includes('"t":"ack"')) {
            clearTimeout(late);
            done(performance.now() - from);
          }
          if (frame.includes('"t":"error"')) fail(new Error(frame));
        };
        socket.send(JSON.stringify({ t: "send", ref: randomUUID(), conversation, text: TEXT }));
      }),
  };
}
type Sender = Awaited<ReturnType<typeof openSender>>;

/** So many senders, each with one message under way. */
async function accept(pid: number, senders: number, seconds: number, turns: Turns): Promise<Figures> {
  const waits: number[] = [];
  let end = performance.now() + (seconds / 4) * 1000;
  const write = async () => {
    while (performance.now() < end) {
      const sender = turns.take();
      waits.push(await sender.send());
      turns.giveBack(sender);
    }
  };
  const all = () => Promise.all(Array.from({ length: senders }, write));
  await all();
  waits.length = 0;
  const cpu = cpuSeconds(pid);
  const from = performance.now();
  end = from + seconds * 1000;
  await all();
  return {
    perSecond: waits.length / ((performance.now() - from) / 1000),
    p50: percentile(waits, 0.5),
    p99: percentile(waits, 0.99),
    cpuPerThousand: ((cpuSeconds(pid) - cpu) / waits.length) * 1000,
  };
}

type Turns = ReturnType<typeof turnsOf>;

/** Each customer's socket in turn, none twice at once, each as often as its account may send. */
function turnsOf(senders: readonly Sender[]) {
  const free = [...senders];
  let sent = 0;
  return {
    take(): Sender {
      const sender = free.shift();
      if (!sender || sent++ >= senders.length * OF_ONE_GUEST) throw new Error("there are not enough customers");
      return sender;
    },
    giveBack: (sender: Sender) => void free.push(sender),
  };
}

const round = (value: number) => Math.round(value * 100) / 100;

async function compareAccept(world: ProductWorld, pool: Sender[], senders: number, quick: boolean): Promise<Row> {
  const seconds = quick ? 1 : 4;
  const reference: number[] = [];
  const ours: Figures[] = [];
  // As many customers as this needs, and then they are used up for a minute.
  const share = pool.length / (quick ? 1 : 3);
  for (let n = 0; n < (quick ? 1 : 3); n++) {
    reference.push((await pgbench(world.referenceUrl, RANDOM_CONVERSATION, senders, seconds)).perSecond);
    ours.push(await accept(world.pid, senders, seconds, turnsOf(pool.slice(n * share, (n + 1) * share))));
  }
  const goals: Record<number, number> = { 1: 0.5, 8: 0.7, 64: 1.6 };
  return {
    what: `${senders} ${senders === 1 ? "sender" : "senders"}`,
    unit: "messages/s",
    ours: median(ours.map((one) => one.perSecond)),
    reference: { name: REFERENCE, value: median(reference) },
    goal: { least: goals[senders] ?? 0 },
    more: {
      ack_p50_ms: round(median(ours.map((one) => one.p50))),
      ack_p99_ms: round(median(ours.map((one) => one.p99))),
      product_cpu_s_per_1000: round(median(ours.map((one) => one.cpuPerThousand))),
    },
  };
}

export const acceptMessages: Benchmark = {
  name: "accept",
  title: "Accepting messages of customers whose ticket is open: the whole product, acknowledged after the commit",
  async run({ quick, say }) {
    const counts = quick ? [8] : [1, 8, 64];
    const rows: Row[] = [];
    for (const senders of counts) {
      // Each of three runs uses customers of its own, enough for what the goal would be.
      const customers = quick ? 64 : ({ 1: 300, 8: 900, 64: 2_400 }[senders] ?? 0);
      say(`${senders} senders, ${customers} customers`);
      const world = await startProductWorld(customers);
      try {
        await runQuery(world.referenceUrl, readFileSync("tests/bench/reference/append.sql", "utf8"));
        const pool: Sender[] = [];
        for (const [place, guest] of world.guests.entries())
          pool.push(await openSender(world.product.port, guest, place));
        rows.push(await compareAccept(world, pool, senders, quick));
        for (const { socket } of pool) socket.close();
      } finally {
        await world.stop();
      }
    }
    const [last] = rows.slice(-1);
    if (last)
      rows.push({ what: `${last.what}: ack p99`, unit: "ms", ours: Number(last.more?.ack_p99_ms), goal: { most: 15 } });
    return rows;
  },
};

/** Staff of one ticket: enough tokens that none sends more than it may. */
async function staff(world: ProductWorld, guest: Guest, count: number): Promise<Sender[]> {
  const senders: Sender[] = [];
  for (const [place, token] of (await world.memberTokens(count)).entries())
    senders.push(await openSender(world.product.port, { ...guest, token }, place));
  return senders;
}

export const hotConversation: Benchmark = {
  name: "hot-conversation",
  title: "One conversation with 64 writers",
  async run({ quick }) {
    const seconds = quick ? 1 : 4;
    const world = await startProductWorld(1);
    try {
      await runQuery(world.referenceUrl, readFileSync("tests/bench/reference/append.sql", "utf8"));
      const [guest] = world.guests as [Guest];
      const writers = quick ? 8 : 64;
      const reference: number[] = [];
      const ours: Figures[] = [];
      for (let n = 0; n < (quick ? 1 : 3); n++) {
        reference.push((await pgbench(world.referenceUrl, ONE_CONVERSATION, writers, seconds)).perSecond);
        const pool = await staff(world, guest, quick ? 64 : 400);
        ours.push(await accept(world.pid, writers, seconds, turnsOf(pool)));
        for (const { socket } of pool) socket.close();
      }
      const [{ rows }] = [await world.database.query("select count(*)::int as n, max(seq) as last from message")];
      if (rows[0]?.n !== rows[0]?.last) throw new Error(`a number is missing: ${JSON.stringify(rows)}`);
      return [
        {
          what: `${writers} writers`,
          unit: "messages/s",
          ours: median(ours.map((one) => one.perSecond)),
          reference: { name: "pgbench on one row", value: median(reference) },
          goal: { least: 1.5 },
          more: {
            ack_p50_ms: round(median(ours.map((one) => one.p50))),
            ack_p99_ms: round(median(ours.map((one) => one.p99))),
          },
        },
      ];
    } finally {
      await world.stop();
    }
  },
};

const SUBSCRIBED = 32;
const PER_SECOND = 500;

export const endToEnd: Benchmark = {
  name: "end-to-end",
  title: `From sending to the colleague's screen, ${PER_SECOND} messages a second over ${SUBSCRIBED} conversations`,
  async run({ quick }) {
    const seconds = quick ? 1 : 5;
    const customers = Math.ceil((PER_SECOND * seconds) / OF_ONE_GUEST / SUBSCRIBED) * SUBSCRIBED;
    const world = await startProductWorld(customers);
    try {
      const [token = ""] = await world.memberTokens(1);
      const sent = new Map<string, number>();
      const acks: number[] = [];
      const events: number[] = [];
      const look = (into: number[], find: RegExp) => (bytes: Buffer, start: number, end: number) => {
        const ref = find.exec(bytes.toString("latin1", start, end))?.[1];
        const from = ref && sent.get(ref);
        if (from) into.push(performance.now() - from);
      };
      const reader = await openFastSocket({ port: world.product.port, path: `/hub?access_token=${token}` });
      for (const { conversation } of world.guests)
        reader.send(JSON.stringify({ t: "sub", topic: `conversation:${conversation}` }));
      await sleep(2_000);
      reader.onFrame = look(events, /"message\.created".*"client_id":"([^"]+)"/);
      const sockets: FastSocket[] = [];
      for (const guest of world.guests) {
        const { socket } = await openSender(world.product.port, guest, sockets.length);
        socket.onFrame = look(acks, /"t":"ack","ref":"([^"]+)"/);
        sockets.push(socket);
      }
      const from = performance.now();
      for (let n = 0; n < PER_SECOND * seconds; n++) {
        const wait = from + (n * 1000) / PER_SECOND - performance.now();
        if (wait > 1) await sleep(wait);
        const ref = randomUUID();
        sent.set(ref, performance.now());
        const conversation = world.guests[n % world.guests.length]?.conversation;
        sockets[n % sockets.length]?.send(JSON.stringify({ t: "send", ref, conversation, text: TEXT }));
      }
      await sleep(2_000);
      if (events.length < sent.size) throw new Error(`${sent.size - events.length} events did not arrive`);
      for (const socket of [...sockets, reader]) socket.close();
      return [
        {
          what: "event p99 beyond ack p99",
          unit: "ms",
          ours: percentile(events, 0.99) - percentile(acks, 0.99),
          goal: { most: 2 },
          more: {
            ack_p50_ms: round(percentile(acks, 0.5)),
            ack_p99_ms: round(percentile(acks, 0.99)),
            event_p50_ms: round(percentile(events, 0.5)),
            event_p99_ms: round(percentile(events, 0.99)),
          },
        },
      ];
    } finally {
      await world.stop();
    }
  },
};
