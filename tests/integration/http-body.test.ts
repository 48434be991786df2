import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { tooMany } from "~/platform/errors";
import { dial, header, openServer, pause, readAnswers, speak, type TestServer, until } from "../support/raw-http";

const H = "Host: chat.test\r\n";
const MIB = 1024 * 1024;
let server: TestServer;
let handler: (request: Request) => Promise<Response>;
let calls = 0;

beforeAll(async () => {
  server = await openServer({
    handler: (request) => {
      calls++;
      return handler(request);
    },
  });
});
afterAll(() => server.close());
afterEach(() => {
  calls = 0;
});

const get = (path = "/", method = "GET") => `${method} ${path} HTTP/1.1\r\n${H}\r\n`;
const post = (length: number, path = "/x") => `POST ${path} HTTP/1.1\r\n${H}Content-Length: ${length}\r\n\r\n`;
const chunks = (count: number, size: number) => {
  let made = 0;
  return new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (made++ === count) controller.close();
      else controller.enqueue(new Uint8Array(size).fill(97 + (made % 26)));
    },
  });
};

describe("a body", () => {
  it("arrives whole, by length and in chunks", async () => {
    handler = async (request) => new Response(String((await request.arrayBuffer()).byteLength));
    expect((await speak(server.port, `${post(5)}hello`)).answers[0]?.body).toBe("5");
    const stream = chunks(10, 50_000);
    const answer = await fetch(server.url, { method: "POST", body: stream, duplex: "half" } as RequestInit);
    expect(await answer.text()).toBe("500000");
  });

  it("is read as form data and JSON", async () => {
    handler = async (request) => Response.json(Object.fromEntries(await request.formData()));
    expect(
      await (await fetch(server.url, { method: "POST", body: new URLSearchParams({ a: "ñ", b: "" }) })).json(),
    ).toEqual({ a: "ñ", b: "" });
    handler = async (request) => Response.json(await request.json());
    expect(await (await fetch(server.url, { method: "PUT", body: '{"a":[1]}' })).json()).toEqual({ a: [1] });
  });

  it("waits for the consent that curl asks for", async () => {
    handler = async (request) => new Response(await request.text());
    const socket = await dial(server.port);
    let text = "";
    socket.on("data", (data) => (text += data));
    socket.write(`POST / HTTP/1.1\r\n${H}Content-Length: 3\r\nExpect: 100-continue\r\n\r\n`);
    await until(() => text.startsWith("HTTP/1.1 100 "), "100 Continue");
    socket.write("abc");
    await until(() => readAnswers(text).length === 1, "the answer");
    expect(readAnswers(text)[0]?.body).toBe("abc");
    socket.destroy();
  });

  it("over the limit is refused with 413, announced or not, and the handler does not run for an announced one (TG2)", async () => {
    handler = async (request) => new Response(String((await request.arrayBuffer()).byteLength));
    const over = Buffer.alloc(MIB + 1, 97);
    const announced = await speak(server.port, Buffer.concat([Buffer.from(post(over.length)), over]));
    expect(announced.answers[0]?.status).toBe(413);
    expect(calls).toBe(0);
    const answer = await fetch(server.url, { method: "POST", body: chunks(3, 500_000), duplex: "half" } as RequestInit);
    expect(answer.status).toBe(413);
    expect(await answer.text()).toMatch(/^413 too_large /);
    const most = await fetch(server.url, { method: "POST", body: new Uint8Array(MIB) });
    expect(await most.text()).toBe(String(MIB));
  });

  it("has 4 MiB at Meta's webhooks and no limit of ours at uploads", async () => {
    handler = async (request) => {
      let size = 0;
      for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) size += part.length;
      return new Response(String(size));
    };
    const send = (path: string, size: number) =>
      fetch(server.url + path, { method: "POST", body: new Uint8Array(size) });
    expect(await (await send("/webhooks/meta", 4 * MIB)).text()).toBe(String(4 * MIB));
    expect((await send("/webhooks/meta", 4 * MIB + 1)).status).toBe(413);
    expect(await (await send("/uploads/1", 30 * MIB)).text()).toBe(String(30 * MIB));
  });

  it("of hundreds of megabytes is refused without being read (TG2)", async () => {
    handler = async () => new Response("never");
    const socket = await dial(server.port);
    let text = "";
    socket.on("data", (data) => (text += data));
    socket.write(post(900 * MIB));
    const piece = Buffer.alloc(MIB);
    let sent = 0;
    const feed = () => {
      while (sent < 64 && socket.write(piece)) sent++;
    };
    socket.on("drain", feed);
    feed();
    await until(() => readAnswers(text).length === 1, "the refusal");
    await pause(100);
    expect(readAnswers(text)[0]?.status).toBe(413);
    expect(header(readAnswers(text)[0], "connection")).toBe("close");
    expect(sent).toBeLessThan(32);
    socket.destroy();
    expect(calls).toBe(0);
  });

  it("that nobody reads leaves the connection good for the next request", async () => {
    handler = async () => new Response("not now", { status: 401 });
    const socket = await dial(server.port);
    let text = "";
    socket.on("data", (data) => (text += data));
    for (const size of [10, 600_000, MIB]) {
      text = "";
      socket.write(post(size));
      socket.write(Buffer.alloc(size, 97));
      await until(() => readAnswers(text).length === 1, `the answer to ${size} bytes`);
      expect(readAnswers(text)[0]).toMatchObject({ status: 401, body: "not now" });
    }
    text = "";
    socket.write(get("/healthz"));
    await until(() => readAnswers(text).length === 1, "the next answer");
    expect(readAnswers(text)[0]?.body).toBe("ok");
    socket.destroy();
  });

  it("that nobody reads and that is large is not taken in, and the answer says that the connection ends", async () => {
    handler = async () => new Response("not yours", { status: 403 });
    const socket = await dial(server.port);
    let text = "";
    socket.on("data", (data) => (text += data));
    socket.write(post(500 * MIB, "/uploads/1"));
    await until(() => readAnswers(text).length === 1, "the answer");
    expect(header(readAnswers(text)[0], "connection")).toBe("close");
    socket.destroy();
  });

  it("makes the sender wait while the handler is slow", async () => {
    let read = 0;
    let release = () => {};
    const gate = new Promise<void>((open) => (release = open));
    handler = async (request) => {
      const reader = request.body!.getReader();
      const first = await reader.read();
      read += first.value?.length ?? 0;
      await gate;
      for (let part = await reader.read(); !part.done; part = await reader.read()) read += part.value.length;
      return new Response(String(read));
    };
    const size = 80 * MIB;
    const socket = await dial(server.port);
    let text = "";
    socket.on("data", (data) => (text += data));
    socket.write(post(size, "/uploads/1"));
    let sent = 0;
    const piece = Buffer.alloc(MIB);
    const feed = () => {
      while (sent < size) {
        sent += piece.length;
        if (!socket.write(piece)) return;
      }
    };
    socket.on("drain", feed);
    feed();
    await pause(300);
    expect(sent).toBeLessThan(40 * MIB);
    release();
    await until(() => readAnswers(text).length === 1, "the answer");
    expect(readAnswers(text)[0]?.body).toBe(String(size));
    socket.destroy();
  });

  it("outlives uWebSockets.js's clock of ten seconds while the handler makes it wait", {
    timeout: 40_000,
  }, async () => {
    handler = async (request) => {
      await sleep(14_000);
      return new Response(String((await request.arrayBuffer()).byteLength));
    };
    const answer = await fetch(`${server.url}/uploads/1`, { method: "PATCH", body: new Uint8Array(8 * MIB) });
    expect(await answer.text()).toBe(String(8 * MIB));
  });

  it("that the client stops sending fails the handler's read", async () => {
    let failure: unknown;
    handler = async (request) => {
      await request.text().catch((error) => (failure = error));
      return new Response("x");
    };
    const socket = await dial(server.port);
    socket.write(`${post(100)}abc`);
    await pause(30);
    socket.destroy();
    await until(() => failure !== undefined, "the read failed");
    expect(String(failure)).toContain("AbortError");
  });
});

it("answers an expected AppError of the handler with its status and code", async () => {
  handler = async () => {
    throw tooMany(7);
  };
  const answer = await fetch(server.url);
  expect([answer.status, await answer.text()]).toEqual([
    429,
    `429 too_many_requests ${answer.headers.get("x-request-id")}\n`,
  ]);
  expect(answer.headers.get("retry-after")).toBe("7");
  const api = await fetch(`${server.url}/api/v1/me`);
  expect(await api.json()).toEqual({
    error: {
      code: "too_many_requests",
      message: "too_many_requests",
      data: null,
      request_id: api.headers.get("x-request-id"),
    },
  });
});
