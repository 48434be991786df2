import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { clientLeft } from "~/platform/http/exchange.server";
import { dial, openServer, pause, type TestServer, until } from "../support/raw-http";

const H = "Host: chat.test\r\n";
const CHUNK = new Uint8Array(32 * 1024).fill(97);
let server: TestServer;
let left = 0;
let cancelled = 0;
let handling = 0;

const endless = (announce: boolean) =>
  new Response(
    new ReadableStream({
      pull: async (controller) => {
        await sleep(1);
        controller.enqueue(CHUNK);
      },
      cancel: () => {
        cancelled++;
      },
    }),
    { headers: announce ? { "content-length": String(1 << 30) } : {} },
  );

/** Handlers that differ in what they are doing when the client goes away. */
const handlers: Record<string, (request: Request) => Promise<Response>> = {
  "/plain": async () => new Response("ok"),
  "/late": async () => {
    await sleep(60);
    return new Response("late");
  },
  "/reads": async (request) => new Response(String((await request.arrayBuffer()).byteLength)),
  "/ignores": async () => {
    await sleep(20);
    return new Response("not read", { status: 401 });
  },
  "/peeks": async (request) => {
    const reader = request.body?.getReader();
    await reader?.read();
    return new Response("seen enough");
  },
  "/echo": async (request) => new Response(request.body),
  "/streams": async () => endless(false),
  "/announces": async () => endless(true),
  "/throws": async () => {
    throw new Error("on purpose");
  },
  "/breaks": async () =>
    new Response(
      new ReadableStream({
        start: async (controller) => {
          controller.enqueue(CHUNK);
          await sleep(10);
          controller.error(new Error("on purpose"));
        },
      }),
    ),
};

beforeAll(async () => {
  server = await openServer({
    handler: async (request) => {
      handling++;
      request.signal.addEventListener("abort", () => {
        handling--;
        if (clientLeft(request.signal)) left++;
      });
      const handler = handlers[new URL(request.url).pathname];
      return handler ? handler(request) : new Response(null, { status: 404 });
    },
  });
});
afterAll(() => server.close());

const isAlive = async () => (await (await fetch(`${server.url}/healthz`)).text()) === "ok";
const settled = () => until(() => handling === 0, "every handler heard of its end");

const points = {
  "in the middle of the head": async (path: string) => {
    const socket = await dial(server.port);
    socket.write(`POST ${path} HTTP/1.1\r\n${H}Content-Le`);
    await pause(2);
    socket.resetAndDestroy();
  },
  "right after the head": async (path: string) => {
    const socket = await dial(server.port);
    socket.write(`POST ${path} HTTP/1.1\r\n${H}Content-Length: 100000\r\n\r\n`);
    socket.resetAndDestroy();
  },
  "in the middle of the body": async (path: string) => {
    const socket = await dial(server.port);
    socket.write(`POST ${path} HTTP/1.1\r\n${H}Content-Length: 600000\r\n\r\n`);
    socket.write(Buffer.alloc(300_000));
    await pause(5);
    socket.resetAndDestroy();
  },
  "in the middle of a chunk": async (path: string) => {
    const socket = await dial(server.port);
    socket.write(`POST ${path} HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\nffff\r\nabc`);
    await pause(5);
    socket.resetAndDestroy();
  },
  "before the answer": async (path: string) => {
    const socket = await dial(server.port);
    socket.write(`GET ${path} HTTP/1.1\r\n${H}\r\n`);
    await pause(1);
    socket.resetAndDestroy();
  },
  "by closing its half before the answer": async (path: string) => {
    const socket = await dial(server.port);
    socket.end(`GET ${path} HTTP/1.1\r\n${H}\r\n`);
    await pause(20);
    socket.resetAndDestroy();
  },
  "in the middle of the answer": async (path: string) => {
    const socket = await dial(server.port);
    socket.write(`GET ${path} HTTP/1.1\r\n${H}\r\n`);
    await Promise.race([new Promise((heard) => socket.once("data", heard)), pause(200)]);
    socket.resetAndDestroy();
  },
  "while the socket is full": async (path: string) => {
    const socket = await dial(server.port);
    socket.pause();
    socket.write(`GET ${path} HTTP/1.1\r\n${H}\r\n`);
    await pause(150);
    socket.resetAndDestroy();
  },
  "after the answer": async (path: string) => {
    const socket = await dial(server.port);
    socket.write(`GET ${path} HTTP/1.1\r\n${H}\r\n`);
    await Promise.race([new Promise((heard) => socket.once("data", heard)), pause(100)]);
    await pause(5);
    socket.resetAndDestroy();
  },
};

describe.each(Object.keys(handlers))("a client of %s (F39)", (path) => {
  it.each(Object.entries(points))("may go away %s", async (_, cut) => {
    await Promise.all(Array.from({ length: 8 }, () => cut(path)));
    await settled();
    expect(await isAlive()).toBe(true);
  });
});

describe("a handler", () => {
  it("is told by its signal that the client left", async () => {
    left = 0;
    await points["before the answer"]("/late");
    await until(() => left === 1, "the signal fired");
  });

  it("whose answer went out whole is not told that anyone left", async () => {
    left = 0;
    expect(await (await fetch(`${server.url}/plain`)).text()).toBe("ok");
    await settled();
    expect(left).toBe(0);
  });

  it("has its stream cancelled, however the length was told", async () => {
    for (const path of ["/streams", "/announces"]) {
      cancelled = 0;
      await points["in the middle of the answer"](path);
      await until(() => cancelled === 1, "the stream was cancelled");
    }
  });

  it("that throws answers a blank 500 with the request's id", async () => {
    const answer = await fetch(`${server.url}/throws`);
    const id = answer.headers.get("x-request-id");
    expect(answer.status).toBe(500);
    expect(await answer.text()).toBe(`500 unexpected ${id}\n`);
  });

  it("whose stream fails half-way has its connection cut, so that nobody takes a part for the whole", async () => {
    const answer = await fetch(`${server.url}/breaks`);
    expect(answer.status).toBe(200);
    await expect(answer.arrayBuffer()).rejects.toThrow("terminated");
    expect(await isAlive()).toBe(true);
  });
});

describe("random cuts", () => {
  it("leave the server alive and nothing under way (F39)", async () => {
    const paths = Object.keys(handlers);
    const cuts = Object.values(points);
    const random = mulberry(20261122);
    const pick = <T>(from: T[]) => from[Math.floor(random() * from.length)] as T;
    for (let round = 0; round < 12; round++)
      await Promise.all(Array.from({ length: 40 }, () => pick(cuts)(pick(paths))));
    await settled();
    expect(await isAlive()).toBe(true);
    expect(await server.drain(2_000)).toBe(0);
  });
});

/** Random numbers that are the same in every run. */
function mulberry(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
