import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { header, openServer, speak, type TestServer } from "../support/raw-http";

const H = "Host: chat.test\r\n";
const SMUGGLED = `GET /smuggled HTTP/1.1\r\n${H}\r\n`;
let server: TestServer;
const seen: string[] = [];

beforeAll(async () => {
  server = await openServer({
    handler: async (request) => {
      seen.push(`${request.method} ${new URL(request.url).pathname}`);
      return new Response(`${request.method} ${request.url} ${(await request.text()).length}`);
    },
    hub: (app) => app.ws("/hub", {}),
  });
});
afterAll(() => server.close());

/** What the handler got to see of some bytes, and what came back. */
async function send(bytes: string, waitMs = 500) {
  seen.length = 0;
  const heard = await speak(server.port, bytes, { thenClosed: true, waitMs });
  return { ...heard, status: heard.answers[0]?.status, seen: [...seen] };
}

const post = (headers: string, body = "") => `POST /in HTTP/1.1\r\n${H}${headers}\r\n${body}`;

describe("two ways to tell where a body ends (TB12)", () => {
  it.each([
    ["a length and chunks", post("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n", `0\r\n\r\n${SMUGGLED}`)],
    ["two different lengths", post("Content-Length: 3\r\nContent-Length: 90\r\n", `abc${SMUGGLED}`)],
    ["the same length twice", post("Content-Length: 3\r\nContent-Length: 3\r\n", `abc${SMUGGLED}`)],
    ["a list of lengths", post("Content-Length: 3, 3\r\n", `abc${SMUGGLED}`)],
    ["an empty length", post("Content-Length: \r\n", `abc${SMUGGLED}`)],
    ["a signed length", post("Content-Length: +3\r\n", `abc${SMUGGLED}`)],
    ["a negative length", post("Content-Length: -3\r\n", "abc")],
    ["a length beyond all bounds", post("Content-Length: 99999999999999999999\r\n", "abc")],
    ["a coding nobody knows", post("Transfer-Encoding: xchunked\r\n", `0\r\n\r\n${SMUGGLED}`)],
    ["a coding before chunked", post("Transfer-Encoding: gzip, chunked\r\n", `0\r\n\r\n${SMUGGLED}`)],
    [
      "two codings in two lines",
      post("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", `0\r\n\r\n${SMUGGLED}`),
    ],
    ["identity", post("Transfer-Encoding: identity\r\n", SMUGGLED)],
    ["a space before the colon", post("Transfer-Encoding : chunked\r\n", `0\r\n\r\n${SMUGGLED}`)],
    ["a GET in chunks", `GET /in HTTP/1.1\r\n${H}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n${SMUGGLED}`],
    ["a GET with a body", `GET /in HTTP/1.1\r\n${H}Content-Length: 3\r\n\r\nabc${SMUGGLED}`],
    ["a chunk that is no number", post("Transfer-Encoding: chunked\r\n", `zz\r\nabc\r\n0\r\n\r\n${SMUGGLED}`)],
    ["a chunk beyond all bounds", post("Transfer-Encoding: chunked\r\n", "ffffffffffffffffff\r\nabc\r\n0\r\n\r\n")],
  ])("refuses or hangs up on %s, and never handles what is behind it", async (_, bytes) => {
    const { status, seen } = await send(bytes);
    expect(status ?? 400).toBe(400);
    expect(seen).not.toContain("GET /smuggled");
  });

  it("still takes an honest body, by length and in chunks", async () => {
    expect((await speak(server.port, post("Content-Length: 3\r\n", "abc"))).answers[0]?.body).toMatch(/ 3$/);
    const chunked = await speak(
      server.port,
      post("Transfer-Encoding: Chunked\r\n", "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
    );
    expect(chunked.answers[0]?.body).toMatch(/ 5$/);
  });

  it("serves honest requests that follow one another on a connection", async () => {
    const { answers } = await speak(server.port, `${SMUGGLED}`.repeat(2).replaceAll("/smuggled", "/a"), {
      count: 1,
      waitMs: 500,
    });
    expect(answers[0]?.status ?? 200).toBe(200);
    const first = `GET /healthz HTTP/1.1\r\n${H}\r\n`;
    expect((await speak(server.port, first + first, { count: 2 })).answers.map((a) => a.status)).toEqual([200, 200]);
  });
});

describe("an address that could be read in two ways", () => {
  it.each<[path: string, status: number, name?: string]>([
    ["/../etc/passwd", 400],
    ["/a/../../etc/passwd", 400],
    ["/%2e%2e/etc/passwd", 400],
    ["/.%2E/etc/passwd", 400],
    ["/a/./b", 400],
    ["//evil.test/a", 400],
    ["/\\evil.test", 400],
    ["/a%00b", 400],
    ["/a%zz", 400],
    ["/%ff", 400],
    ["/a#b", 400],
    ["/\x7f", 400],
    ["http://evil.test/a", 505],
    ["https://evil.test", 505],
    ["*", 505],
    ["/a b", 505],
    ["/a\0b", 505],
    ["", 505],
  ])("refuses %j with %i and hangs up", async (path, status) => {
    const heard = await send(`GET ${path} HTTP/1.1\r\n${H}\r\n${SMUGGLED}`);
    expect(heard.status ?? status).toBe(status);
    expect(heard.closed).toBe(true);
    expect(heard.seen).toEqual([]);
  });

  it("refuses an address over 8 KB", async () => {
    for (const path of [`/${"a".repeat(9_000)}`, `/?${"a".repeat(9_000)}`])
      expect(await send(`GET ${path} HTTP/1.1\r\n${H}\r\n`)).toMatchObject({ status: 414, closed: true, seen: [] });
  });

  it.each([
    "/inbox/a..b",
    "/c/demo?next=/../x&y=%2e%2e",
    "/.well-known/x",
    "/~a/(b)/c:d@e",
    "/%C3%B1and%C3%BA",
    "/a%2fb",
  ])("handles %s", async (path) => {
    const heard = await send(`GET ${path} HTTP/1.1\r\n${H}Connection: close\r\n\r\n`);
    expect(heard.answers[0]?.body).toBe(`GET http://chat.test${path} 0`);
  });
});

describe("a method (TG9)", () => {
  it.each(["TRACE", "FOO", "get", "G(T", "PROPFIND", "TRACK"])("%s is refused with 405", async (method) => {
    const heard = await send(`${method} / HTTP/1.1\r\n${H}\r\n`);
    expect(heard.status).toBe(405);
    expect(header(heard.answers[0], "allow")).toBe("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    expect(heard).toMatchObject({ closed: true, seen: [] });
  });

  it("CONNECT is refused", async () => {
    expect(await send(`CONNECT evil.test:443 HTTP/1.1\r\n${H}\r\n`)).toMatchObject({
      status: 505,
      closed: true,
      seen: [],
    });
  });

  it.each(["PUT", "PATCH", "DELETE", "OPTIONS", "POST", "GET"])("%s reaches the handler", async (method) => {
    expect((await speak(server.port, `${method} /x HTTP/1.1\r\n${H}\r\n`)).answers[0]).toMatchObject({
      status: 200,
      body: `${method} http://chat.test/x 0`,
    });
  });
});

describe("a head", () => {
  it.each([
    ["no Host", `GET / HTTP/1.1\r\nAccept: */*\r\n\r\n`],
    ["two Hosts", `GET / HTTP/1.1\r\n${H}Host: evil.test\r\n\r\n`],
    ["an empty Host", `GET / HTTP/1.1\r\nHost: \r\n\r\n`],
    ["a Host that is an address", `GET / HTTP/1.1\r\nHost: evil.test/x?\r\n\r\n`],
    ["a Host with a user", `GET / HTTP/1.1\r\nHost: a@evil.test\r\n\r\n`],
    ["a Host with a word for a port", `GET / HTTP/1.1\r\nHost: evil.test:http\r\n\r\n`],
    ["two Origins", `GET / HTTP/1.1\r\n${H}Origin: http://chat.test\r\nOrigin: http://evil.test\r\n\r\n`],
    ["a control character", `GET / HTTP/1.1\r\n${H}X: a\x01b\r\n\r\n`],
    ["a NUL", `GET / HTTP/1.1\r\n${H}X: a\0b\r\n\r\n`],
    ["a bare carriage return", `GET / HTTP/1.1\r\n${H}X: a\rb\r\n\r\n`],
    ["a bare line feed", `GET / HTTP/1.1\r\n${H}X: a\nContent-Length: 5\r\n\r\n`],
    ["a space in a name", `GET / HTTP/1.1\r\n${H}X y: 1\r\n\r\n`],
    ["a line without a colon", `GET / HTTP/1.1\r\n${H}nonsense\r\n\r\n`],
    ["a folded line", `GET / HTTP/1.1\r\n${H}X: 1\r\n 2\r\n\r\n`],
  ])("with %s never reaches the handler", async (_, bytes) => {
    const heard = await send(bytes);
    expect(heard.seen).toEqual([]);
    expect(heard.status ?? 400).toBe(400);
  });

  it.each([
    ["HTTP/1.0", `GET / HTTP/1.0\r\n${H}\r\n`],
    ["HTTP/2 without TLS", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
    ["a TLS greeting", "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 and more of it\r\n\r\n"],
  ])("of %s is refused", async (_, bytes) => {
    expect(await send(bytes)).toMatchObject({ status: 505, closed: true, seen: [] });
  });

  it("over 16 KB, or of more than a hundred lines, is refused with 431", async () => {
    expect(await send(`GET / HTTP/1.1\r\n${H}X: ${"a".repeat(17_000)}\r\n\r\n`)).toMatchObject({
      status: 431,
      closed: true,
      seen: [],
    });
    const many = Array.from({ length: 150 }, (_, i) => `X${i}: 1\r\n`).join("");
    expect(await send(`GET / HTTP/1.1\r\n${H}${many}\r\n`)).toMatchObject({ status: 431, closed: true, seen: [] });
  });

  it("of 12 KB is taken", async () => {
    const { answers } = await speak(server.port, `GET / HTTP/1.1\r\n${H}Cookie: a=${"a".repeat(12_000)}\r\n\r\n`);
    expect(answers[0]?.status).toBe(200);
  });
});

describe("an upgrade", () => {
  const key = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n";
  const upgrade = `Connection: Upgrade\r\nUpgrade: WebSocket\r\n${key}`;

  it("is for the hub alone (TB12)", async () => {
    const hub = await speak(server.port, `GET /hub HTTP/1.1\r\n${H}${upgrade}\r\n`);
    expect(hub.answers[0]?.status).toBe(101);
    for (const path of ["/", "/inbox", "/hub/x", "/healthz", "/api/v1/me"])
      expect(await send(`GET ${path} HTTP/1.1\r\n${H}${upgrade}\r\n`)).toMatchObject({
        status: 400,
        closed: true,
        seen: [],
      });
  });

  it("of another kind is ignored, as curl --http2 sends it", async () => {
    const heard = await speak(server.port, `GET /a HTTP/1.1\r\n${H}Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n`);
    expect(heard.answers[0]?.status).toBe(200);
  });

  it("over HTTP/1.0 is refused (TB12)", async () => {
    expect(await send(`GET /hub HTTP/1.0\r\n${H}${upgrade}\r\n`)).toMatchObject({ status: 505, closed: true });
  });
});

it("is alive after all of this", async () => {
  expect(await (await fetch(`${server.url}/healthz`)).text()).toBe("ok");
});
