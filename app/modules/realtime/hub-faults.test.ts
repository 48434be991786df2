import { randomBytes, randomUUID } from "node:crypto";
import { connect, type Socket } from "node:net";
import { afterEach, expect, test } from "vitest";
import { DEFAULT_LIMITS } from "./limits";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

let hub: HubHarness;
afterEach(async () => {
  await hub.stop();
});

/** A socket of which every byte is ours: the upgrade is done, what follows is up to the test. */
async function raw(port: number, token: string): Promise<{ socket: Socket; closed: Promise<void> }> {
  const socket = connect(port, "127.0.0.1");
  const closed = new Promise<void>((done) => socket.on("close", () => done()));
  socket.on("error", () => {});
  const key = randomBytes(16).toString("base64");
  socket.write(
    `GET /hub HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${key}\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  );
  await new Promise<void>((ok, no) => {
    socket.once("data", (chunk) => (String(chunk).startsWith("HTTP/1.1 101") ? ok() : no(new Error(String(chunk)))));
  });
  socket.resume();
  return { socket, closed };
}

type Shape = { fin?: boolean; opcode: number; payload: Buffer; masked?: boolean; claimed?: number };

/** One WebSocket frame, as wrong as asked. */
function wsFrame({ fin = true, opcode, payload, masked = true, claimed = payload.length }: Shape): Buffer {
  const head = [(fin ? 0x80 : 0) | opcode];
  const mask = masked ? 0x80 : 0;
  if (claimed < 126) head.push(mask | claimed);
  else if (claimed < 65_536) head.push(mask | 126, claimed >> 8, claimed & 255);
  else
    head.push(
      mask | 127,
      0,
      0,
      0,
      0,
      (claimed >>> 24) & 255,
      (claimed >>> 16) & 255,
      (claimed >>> 8) & 255,
      claimed & 255,
    );
  if (!masked) return Buffer.concat([Buffer.from(head), payload]);
  const key = randomBytes(4);
  const body = Buffer.from(payload.map((byte, i) => byte ^ (key[i % 4] as number)));
  return Buffer.concat([Buffer.from(head), key, body]);
}

const TEXT = 1;
const attacks: Record<string, () => Buffer> = {
  "random bytes": () => Buffer.concat([Buffer.from([0xff]), randomBytes(2_000)]),
  // Read as if it were masked, so that the first ones yield garbage.
  "unmasked text": () =>
    Buffer.concat(Array(4).fill(wsFrame({ opcode: TEXT, payload: Buffer.from('{"t":"ping"}'), masked: false }))),
  "bad UTF-8": () => wsFrame({ opcode: TEXT, payload: Buffer.from([0x22, 0xc3, 0x28, 0xff, 0x22]) }),
  "one byte too long": () => wsFrame({ opcode: TEXT, payload: Buffer.alloc(DEFAULT_LIMITS.frameBytes + 1, 97) }),
  "a length that never comes": () => wsFrame({ opcode: TEXT, payload: Buffer.alloc(10), claimed: 0x7fffffff }),
  "an unknown opcode": () => wsFrame({ opcode: 5, payload: Buffer.alloc(4) }),
  "reserved bits": () => Buffer.from([0xf1, 0x80, 1, 2, 3, 4]),
  "a continuation of nothing": () => wsFrame({ opcode: 0, payload: Buffer.from("x") }),
  "a fragmented ping": () => wsFrame({ fin: false, opcode: 9, payload: Buffer.from("x") }),
  "a long ping": () => wsFrame({ opcode: 9, payload: Buffer.alloc(126) }),
  "a close code that may not be sent": () => wsFrame({ opcode: 8, payload: Buffer.from([0x03, 0xed]) }),
  "a close of one byte": () => wsFrame({ opcode: 8, payload: Buffer.from([1]) }),
  "a close with bad UTF-8": () => wsFrame({ opcode: 8, payload: Buffer.from([0x03, 0xe8, 0xff, 0xfe]) }),
  "fragments beyond the limit": () =>
    Buffer.concat([
      wsFrame({ fin: false, opcode: TEXT, payload: Buffer.alloc(40_000, 97) }),
      wsFrame({ fin: true, opcode: 0, payload: Buffer.alloc(40_000, 97) }),
    ]),
};

test.each(Object.keys(attacks))("%s ends that socket, and nobody else's (F40)", async (name) => {
  hub = await startHub();
  hub.world.person("ana");
  const witness = await hub.open("ana");
  const { socket, closed } = await raw(hub.port, "ana");
  socket.write(attacks[name]?.() ?? "");
  await closed;
  await witness.settled();
  await expect.poll(() => hub.hub.stats().sockets).toBe(1);
});

test("unfinished fragments by the thousand cost no memory and reach no door (F40, TB9)", async () => {
  hub = await startHub({ limits: { connectionsPerPrincipal: 1_000 } });
  hub.world.person("ana");
  const witness = await hub.open("ana");
  const one = wsFrame({ fin: false, opcode: 0, payload: Buffer.from("x") });
  const flood = Buffer.concat([
    wsFrame({ fin: false, opcode: TEXT, payload: Buffer.from("x") }),
    ...Array(10_000).fill(one),
  ]);
  const attackers = await Promise.all(Array.from({ length: 20 }, () => raw(hub.port, "ana")));
  const before = process.memoryUsage().rss;
  for (const { socket } of attackers) socket.write(flood);
  await Promise.all(
    attackers.map(
      ({ socket }) =>
        new Promise<void>((done) => (socket.writableLength ? socket.once("drain", () => done()) : done())),
    ),
  );
  await witness.settled();
  // Each holds at most one frame of 64 KiB; the rest is room for the test's own buffers.
  expect(process.memoryUsage().rss - before).toBeLessThan(48 * 1024 * 1024);
  expect(hub.hub.stats().counters.frames_in).toBe(1);
  for (const { socket } of attackers) socket.destroy();
  await expect.poll(() => hub.hub.stats().sockets).toBe(1);
});

test("a flood of pings and of empty frames is closed before it costs memory (TB9)", async () => {
  hub = await startHub({ limits: { connectionsPerPrincipal: 1_000 } });
  hub.world.person("ana");
  const witness = await hub.open("ana");
  const ping = wsFrame({ opcode: 9, payload: Buffer.alloc(125) });
  const empty = wsFrame({ opcode: TEXT, payload: Buffer.alloc(0) });
  const floods = [ping, empty].map((frame) => Buffer.concat(Array(20_000).fill(frame)));
  const attackers = await Promise.all(Array.from({ length: 10 }, () => raw(hub.port, "ana")));
  const before = process.memoryUsage().rss;
  for (const [i, { socket }] of attackers.entries()) socket.write(floods[i % 2] ?? "");
  await Promise.all(attackers.map(({ closed }) => closed));
  await witness.settled();
  expect(process.memoryUsage().rss - before).toBeLessThan(96 * 1024 * 1024);
  await expect.poll(() => hub.hub.stats().sockets).toBe(1);
});

test("compression is never agreed on, so that no bomb can be sent (TB9)", async () => {
  hub = await startHub();
  hub.world.person("ana");
  const socket = await hub.open("ana");
  // ws offers it by itself.
  expect(socket.socket.extensions).toBe("");
  const { socket: attacker, closed } = await raw(hub.port, "ana");
  const deflated = wsFrame({ opcode: TEXT, payload: Buffer.alloc(100) });
  deflated[0] = (deflated[0] ?? 0) | 0x40;
  attacker.write(deflated);
  await closed;
  await socket.settled();
});

test("one that does not read is closed within its bound, and the others lose nothing (F15)", async () => {
  hub = await startHub({ limits: { maxBufferedBytes: 256 * 1024, headsEveryMs: 60_000 } });
  const ana = hub.world.person("ana");
  const id = hub.world.conversation(ana);
  const quick = await hub.open("ana");
  await quick.join(id);
  const { socket, closed } = await raw(hub.port, "ana");
  socket.write(
    wsFrame({ opcode: TEXT, payload: Buffer.from(JSON.stringify({ t: "sub", topic: `conversation:${id}` })) }),
  );
  await expect.poll(() => hub.hub.stats().counters.frames_in).toBe(2);
  await quick.settled();
  socket.pause();
  const padding = "x".repeat(8_000);
  const total = 2_000;
  for (let i = 0; i < total; i++) {
    hub.hub.deliver([hub.world.change(id, { padding })]);
    if (i % 50 === 0) await quick.settled();
  }
  await expect.poll(() => quick.events("message.created").length, { timeout: 4_000 }).toBe(total);
  expect(hub.hub.stats().sockets).toBe(1);
  socket.destroy();
  await closed;
}, 15_000);

test("draining answers what is under way, tells all to come back and lets nobody in", async () => {
  hub = await startHub({ limits: { drainSpreadMs: 100 } });
  const ana = hub.world.person("ana");
  const id = hub.world.conversation(ana);
  const sockets = await Promise.all(Array.from({ length: 5 }, () => hub.open("ana")));
  let release = () => {};
  hub.world.hooks.beforeSend = () =>
    new Promise<void>((done) => {
      release = done;
    });
  const ref = randomUUID();
  sockets[0]?.say({ t: "send", ref, conversation: id, text: "hola" });
  await expect.poll(() => hub.world.calls.send).toBe(1);
  const drained = hub.hub.drain();
  await expect(hub.open("ana")).rejects.toMatchObject({ status: 503 });
  await Promise.all(sockets.slice(1).map(async (socket) => expect(await socket.closed).toBe(4002)));
  release();
  await drained;
  expect(await sockets[0]?.closed).toBe(4002);
  expect(sockets[0]?.frames.find((f) => f.ref === ref)).toMatchObject({ t: "ack" });
  expect(hub.hub.stats().sockets).toBe(0);
});
