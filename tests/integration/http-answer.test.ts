import { once } from "node:events";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { dial, header, openServer, pause, readAnswers, speak, type TestServer, until } from "../support/raw-http";

const H = "Host: chat.test\r\n";
const MIB = 1024 * 1024;
let server: TestServer;
let handler: (request: Request) => Promise<Response>;

beforeAll(async () => {
  server = await openServer({ handler: (request) => handler(request) });
});
afterAll(() => server.close());

const get = (path = "/", method = "GET") => `${method} ${path} HTTP/1.1\r\n${H}\r\n`;
const chunks = (count: number, size: number) => {
  let made = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (made++ === count) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(97 + (made % 26)));
    },
  });
};

describe("an answer", () => {
  it("that is whole has its length and comes in one piece", async () => {
    handler = async () => new Response("ñandú", { headers: { "content-type": "text/plain; charset=utf-8" } });
    const [answer] = (await speak(server.port, get())).answers;
    expect(answer?.status).toBe(200);
    expect(header(answer, "content-length")).toBe("7");
    expect(header(answer, "transfer-encoding")).toBeUndefined();
    expect(Buffer.from(answer?.body ?? "", "latin1").toString()).toBe("ñandú");
  });

  it("that streams comes in chunks, its first part before its last exists", async () => {
    let finish = () => {};
    const last = new Promise<void>((done) => (finish = done));
    handler = async () =>
      new Response(
        new ReadableStream({
          start: async (controller) => {
            controller.enqueue(Buffer.from("first "));
            await last;
            controller.enqueue(Buffer.from("last"));
            controller.close();
          },
        }),
      );
    const answer = await fetch(server.url);
    expect(answer.headers.get("content-length")).toBeNull();
    const reader = answer.body!.getReader();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe("first ");
    finish();
    expect(Buffer.from((await reader.read()).value!).toString()).toBe("last");
    expect((await reader.read()).done).toBe(true);
  });

  it("whose length is announced streams with it", async () => {
    handler = async () => new Response(chunks(20, 100_000), { headers: { "content-length": "2000000" } });
    const answer = await fetch(server.url);
    expect(answer.headers.get("content-length")).toBe("2000000");
    const body = new Uint8Array(await answer.arrayBuffer());
    expect(body.length).toBe(2_000_000);
    expect([body[0], body[99_999], body[100_000], body[1_999_999]]).toEqual([98, 98, 99, 97 + 20]);
  });

  it("shorter than it announced is cut, longer is trimmed", async () => {
    handler = async () => new Response(chunks(2, 1000), { headers: { "content-length": "5000" } });
    await expect(fetch(server.url).then((answer) => answer.arrayBuffer())).rejects.toThrow();
    handler = async () => new Response(chunks(8, 1000), { headers: { "content-length": "5000" } });
    expect((await (await fetch(server.url)).arrayBuffer()).byteLength).toBe(5000);
  });

  it("of megabytes arrives whole, in one chunk or in many", async () => {
    handler = async () => new Response(new Uint8Array(9 * MIB).fill(7));
    expect((await (await fetch(server.url)).arrayBuffer()).byteLength).toBe(9 * MIB);
    handler = async () => new Response(chunks(9, MIB));
    expect((await (await fetch(server.url)).arrayBuffer()).byteLength).toBe(9 * MIB);
  });

  it("without a body says so, and none is sent where none may be", async () => {
    for (const status of [204, 205, 304]) {
      handler = async () => new Response(null, { status, headers: { etag: '"x"' } });
      const [answer] = (await speak(server.port, get())).answers;
      expect(answer).toMatchObject({ status, body: "" });
      expect(header(answer, "etag")).toBe('"x"');
      if (status !== 205) expect(header(answer, "content-length")).toBeUndefined();
    }
    handler = async () => new Response(null, { status: 302, headers: { location: "/x" } });
    expect(header((await speak(server.port, get())).answers[0], "content-length")).toBe("0");
  });

  it("to HEAD has the head of GET and no body", async () => {
    let cancelled = false;
    handler = async (request) => {
      expect(request.method).toBe("HEAD");
      const body = new ReadableStream({
        cancel: () => {
          cancelled = true;
        },
      });
      return new Response(body, { headers: { "content-length": "1234", "x-a": "b" } });
    };
    const answer = await fetch(server.url, { method: "HEAD" });
    expect([answer.headers.get("content-length"), answer.headers.get("x-a"), await answer.text()]).toEqual([
      "1234",
      "b",
      "",
    ]);
    expect(cancelled).toBe(true);
    // The connection is not out of step: what follows is the next answer.
    const socket = await dial(server.port);
    let text = "";
    socket.on("data", (data) => (text += data));
    socket.write(get("/", "HEAD"));
    await until(() => text.endsWith("\r\n\r\n"), "a head");
    text = "";
    socket.write(get("/healthz"));
    await until(() => readAnswers(text).length === 1, "the next answer");
    expect(readAnswers(text)[0]).toMatchObject({ status: 200, body: "ok" });
    socket.destroy();
  });

  it("sets two cookies in two lines, and keeps bytes beyond ASCII as they are", async () => {
    handler = async () => {
      const headers = new Headers({ "x-name": "\xe9" });
      headers.append("set-cookie", "a=1; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT");
      headers.append("set-cookie", "b=2; Path=/");
      return new Response("x", { headers });
    };
    const [answer] = (await speak(server.port, get())).answers;
    expect(answer?.headers.filter(([name]) => name === "set-cookie").map(([, value]) => value)).toEqual([
      "a=1; Path=/; Expires=Thu, 01 Jan 2026 00:00:00 GMT",
      "b=2; Path=/",
    ]);
    expect(header(answer, "x-name")).toBe("\xe9");
  });

  it("that is no stream of bytes ends the connection and nothing else", async () => {
    handler = async () =>
      new Response(new Blob(["text"]).stream().pipeThrough(new TextDecoderStream()) as ReadableStream);
    expect((await speak(server.port, get(), { thenClosed: true })).closed).toBe(true);
    handler = async () => Response.error();
    expect((await fetch(server.url).catch(() => undefined))?.status ?? 500).toBe(500);
  });

  it("keeps little in memory for a client that reads slowly", async () => {
    let produced = 0;
    const total = 400 * MIB;
    const piece = new Uint8Array(64 * 1024);
    const big = (headers: HeadersInit) =>
      new Response(
        new ReadableStream({
          pull: (controller) => {
            produced += piece.length;
            if (produced > total) controller.close();
            else controller.enqueue(piece);
          },
        }),
        { headers },
      );
    for (const headers of [{}, { "content-length": String(total) }] as HeadersInit[]) {
      produced = 0;
      handler = async () => big(headers);
      const socket = await dial(server.port);
      socket.write(get());
      let read = 0;
      socket.on("data", (data) => {
        read += data.length;
        socket.pause();
        setTimeout(() => socket.resume(), 10);
      });
      await until(() => read > 4 * MIB, "the client read a little");
      // What is made and not read stands in the kernel's buffers (6 MB at most on a loopback) and a chunk or two of ours.
      expect(produced - read).toBeLessThan(24 * MIB);
      socket.destroy();
      await pause(20);
      const then = produced;
      await pause(50);
      expect(produced).toBe(then);
    }
  });
});

it("finishes the requests under way when it drains, and takes no new ones", async () => {
  let release = () => {};
  const gate = new Promise<void>((open) => (release = open));
  handler = async () => {
    await gate;
    return new Response("finished");
  };
  const other = await openServer({ handler: (request) => handler(request) });
  const kept = await dial(other.port);
  const heard = once(kept, "data");
  const under = fetch(other.url);
  await pause(30);
  const drained = other.drain(5_000);
  await expect(fetch(other.url)).rejects.toThrow();
  kept.write(get("/readyz"));
  expect(String((await heard)[0])).toMatch(/^HTTP\/1\.1 503 /);
  release();
  const answer = await under;
  expect([await answer.text(), answer.headers.get("connection")]).toEqual(["finished", "close"]);
  expect(await drained).toBe(0);
  kept.destroy();
  other.close();
});

it("gives up waiting for a request that hangs", async () => {
  const other = await openServer({ handler: () => new Promise(() => {}) });
  const hanging = fetch(other.url);
  await pause(30);
  expect(await other.drain(50)).toBe(1);
  other.close();
  await expect(hanging).rejects.toThrow();
});
