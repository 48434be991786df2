import { afterAll, beforeAll, expect, it } from "vitest";
import { clientLeft } from "~/platform/http/exchange.server";
import { dial, openServer, pause, type TestServer } from "../support/raw-http";

const H = "Host: chat.test\r\n";
let server: TestServer;
/** For each large answer: did its client leave before it was out? */
const unread: boolean[] = [];

beforeAll(async () => {
  server = await openServer({
    handler: async (request) => {
      if (!request.url.endsWith("/big")) return new Response(String((await request.text()).length));
      request.signal.addEventListener("abort", () => unread.push(clientLeft(request.signal)));
      return new Response(new Uint8Array(64 * 1024 * 1024));
    },
  });
});
afterAll(() => server.close());

/** Asks for a large answer and never reads it; how many seconds until the server gave up. */
async function ignore(path: string) {
  const socket = await dial(server.port);
  const began = Date.now();
  socket.pause();
  socket.write(`GET ${path} HTTP/1.1\r\n${H}\r\n`);
  while (unread.length === 0 && Date.now() - began < 20_000) await pause(50);
  socket.destroy();
  return (Date.now() - began) / 1000;
}

/** Opens a connection, writes `first` and then a byte each half second; how many seconds it was let live, 20 at most. */
async function drip(first: string, byte: string) {
  const socket = await dial(server.port);
  const began = Date.now();
  socket.resume();
  socket.write(first);
  const timer = setInterval(() => byte && socket.write(byte), 500);
  const closed = new Promise<number>((done) => socket.on("close", () => done((Date.now() - began) / 1000)));
  const life = await Promise.race([closed, new Promise<number>((done) => setTimeout(done, 20_000, 20))]);
  clearInterval(timer);
  socket.destroy();
  return life;
}

it("hangs up on whoever sends next to nothing, and serves others meanwhile (TG1)", { timeout: 40_000 }, async () => {
  const slow = {
    "nothing at all": ["", ""],
    "a head, byte by byte": [`GET / HTTP/1.1\r\n${H}X: `, "a"],
    "a head that never parses": [`GET / HTTP/1.1\r\n${H}X: 1\r\n 2\r\n\r\n`, ""],
    "a body, byte by byte": [`POST / HTTP/1.1\r\n${H}Content-Length: 1000\r\n\r\n`, "a"],
    "chunks, byte by byte": [`POST / HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nffff\r\n`, "a"],
    "nothing after an answer": [`GET /healthz HTTP/1.1\r\n${H}\r\n`, ""],
  } as const;
  const lives = Promise.all(
    Object.entries(slow).map(async ([name, [first, byte]]) => [name, await drip(first, byte)] as const),
  );
  const crowd = Promise.all(Array.from({ length: 300 }, () => drip("", "")));
  let worst = 0;
  for (const end = Date.now() + 8_000; Date.now() < end; ) {
    const began = performance.now();
    expect((await fetch(server.url)).status).toBe(200);
    worst = Math.max(worst, performance.now() - began);
  }
  // uWebSockets.js's clock is 10 s, in steps of 4 s.
  for (const [name, life] of await lives) expect(life, name).toBeLessThan(16);
  for (const life of await crowd) expect(life).toBeLessThan(16);
  expect(worst).toBeLessThan(1_000);
});

it("hangs up on whoever asks for much and does not read it (TG1)", { timeout: 30_000 }, async () => {
  expect(await ignore("/big")).toBeLessThan(16);
  expect(unread).toEqual([true]);
  expect(await server.drain(1_000)).toBe(0);
});
