import { randomBytes } from "node:crypto";
import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, expect, test } from "vitest";
import { clientAddress, proxyTrust } from "~/platform/http/client-address.server";
import { dial, speak } from "../../../tests/support/raw-http";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

let hub: HubHarness;
const raws: Socket[] = [];
afterEach(async () => {
  for (const socket of raws.splice(0)) socket.destroy();
  await hub.stop();
});

const refused = (opening: Promise<unknown>): Promise<{ status?: number; headers?: Record<string, string> }> =>
  opening.then(
    () => ({}),
    (error) => error,
  );
const cookie = (origin?: string) => ({ headers: { cookie: "session=ana", ...(origin !== undefined && { origin }) } });

test("a cookie needs exactly the public origin, whatever else is true (TB1)", async () => {
  hub = await startHub({ publicOrigin: "https://app.example.com" });
  hub.world.person("ana");
  const foreign = [
    undefined,
    "",
    "null",
    "https://evil.example",
    "http://app.example.com",
    "https://app.example.com.evil.example",
    "https://app.example.com:444",
    "https://app.example.com/",
    "https://evil.example#https://app.example.com",
    "file://app.example.com",
    `http://127.0.0.1:${hub.port}`,
  ];
  for (const origin of foreign) {
    expect(await refused(hub.open("ana", cookie(origin))), String(origin)).toMatchObject({ status: 403 });
  }
  expect(hub.world.calls.authenticate).toBe(0);
  await hub.open("ana", cookie("https://app.example.com"));
});

test("without a public address the request's own host counts", async () => {
  hub = await startHub();
  hub.world.person("ana");
  await hub.open("ana", cookie(`http://127.0.0.1:${hub.port}`));
  expect(await refused(hub.open("ana", cookie("http://localhost")))).toMatchObject({ status: 403 });
});

test("no credentials, unknown ones and a token in the query (TB2)", async () => {
  hub = await startHub();
  hub.world.person("ana");
  expect(await refused(hub.open("", { headers: {} }))).toMatchObject({ status: 401 });
  expect(await refused(hub.open("nobody"))).toMatchObject({ status: 401 });
  expect(await refused(hub.open("", cookie("null")))).toMatchObject({ status: 403 });
  const socket = await hub.open("", { headers: { origin: "https://elsewhere.example" }, query: "?access_token=ana" });
  await socket.settled();
  expect(hub.logged.join()).not.toContain("access_token");
});

test("a page of another account than the cookie's gets no socket to send by (TL5)", async () => {
  hub = await startHub();
  const ana = hub.world.person("ana");
  const beto = hub.world.person("beto");
  const as = (id: string) => ({ ...cookie(`http://127.0.0.1:${hub.port}`), query: `?as=${id}` });
  expect(await refused(hub.open("ana", as(beto.account.id)))).toMatchObject({ status: 401 });
  await hub.open("ana", as(ana.account.id));
});

test("a door that fails refuses for a while, and says nothing of why", async () => {
  hub = await startHub();
  hub.world.hooks.beforeAuthenticate = async () => {
    throw new Error("secret detail");
  };
  const answer = await refused(hub.open("ana"));
  expect(answer).toMatchObject({ status: 503 });
  expect(Number(answer.headers?.["retry-after"])).toBeGreaterThan(0);
});

test("so many sockets a person, so many guests an address, the newest refused; a place freed is free (TB10)", async () => {
  hub = await startHub({ limits: { connectionsPerPrincipal: 2, guestsPerAddress: 3 } });
  hub.world.person("ana");
  for (const token of ["g1", "g2", "g3", "g4"]) {
    hub.world.person(token, { key: token, account: { kind: "guest", id: token, name: token } });
  }
  const first = await hub.open("ana");
  await hub.open("ana");
  expect(await refused(hub.open("ana"))).toMatchObject({ status: 429 });
  for (const token of ["g1", "g2", "g3"]) await hub.open(token);
  expect(await refused(hub.open("g4"))).toMatchObject({ status: 429 });
  first.socket.close();
  await first.closed;
  await hub.open("ana");
});

test("a storm of handshakes is told when to come again", async () => {
  hub = await startHub({ limits: { handshakeBurst: 3, handshakesPerSecond: 0.001 } });
  hub.world.person("ana");
  for (let i = 0; i < 3; i++) await hub.open("ana");
  const answer = await refused(hub.open("ana"));
  expect(answer).toMatchObject({ status: 503 });
  expect(answer.headers).toHaveProperty("retry-after");
});

test("a client that goes away while it is being looked at harms nobody and keeps no place", async () => {
  hub = await startHub({ limits: { connectionsPerPrincipal: 1 } });
  hub.world.person("ana");
  let release = () => {};
  const gate = new Promise<void>((done) => {
    release = done;
  });
  hub.world.hooks.beforeAuthenticate = () => gate;
  const raw = connect(hub.port, "127.0.0.1");
  raw.on("error", () => {});
  raw.write(
    `GET /hub HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\nAuthorization: Bearer ana\r\n\r\n`,
  );
  await expect.poll(() => hub.world.calls.authenticate).toBe(1);
  raw.destroy();
  await new Promise((done) => raw.on("close", done));
  await (await fetch(`http://127.0.0.1:${hub.port}/`)).text();
  release();
  hub.world.hooks.beforeAuthenticate = async () => {};
  const socket = await hub.open("ana");
  await socket.settled();
});

const KEY = `Sec-WebSocket-Key: ${randomBytes(16).toString("base64")}\r\n`;
const UPGRADE = `Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n${KEY}`;
const ANA = "Authorization: Bearer ana\r\n";
const HOST = "Host: x\r\n";

test.each([
  ["a body by length", `GET /hub HTTP/1.1\r\n${HOST}${UPGRADE}${ANA}Content-Length: 5\r\n\r\nhello`],
  ["a body in chunks", `GET /hub HTTP/1.1\r\n${HOST}${UPGRADE}${ANA}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  [
    "a length and chunks",
    `GET /hub HTTP/1.1\r\n${HOST}${UPGRADE}${ANA}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
  ],
  ["two lengths", `GET /hub HTTP/1.1\r\n${HOST}${UPGRADE}${ANA}Content-Length: 0\r\nContent-Length: 5\r\n\r\nhello`],
  ["HTTP/1.0", `GET /hub HTTP/1.0\r\n${HOST}${UPGRADE}${ANA}\r\n`],
  ["two Hosts", `GET /hub HTTP/1.1\r\n${HOST}Host: y\r\n${UPGRADE}${ANA}\r\n`],
  ["two tokens", `GET /hub HTTP/1.1\r\n${HOST}${UPGRADE}${ANA}Authorization: Bearer eva\r\n\r\n`],
  [
    "two Origins",
    `GET /hub HTTP/1.1\r\n${HOST}${UPGRADE}Cookie: session=ana\r\nOrigin: http://x\r\nOrigin: http://evil.test\r\n\r\n`,
  ],
])("an upgrade with %s opens nothing and is hung up on (TB12)", async (_, bytes) => {
  hub = await startHub();
  hub.world.person("ana");
  const smuggled = "GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";
  const heard = await speak(hub.port, bytes + smuggled, { thenClosed: true });
  expect(heard.closed).toBe(true);
  expect(heard.answers.map(({ status }) => status).filter((status) => status < 400)).toEqual([]);
  expect(heard.answers.length).toBeLessThanOrEqual(1);
  expect(hub.world.calls.authenticate).toBe(0);
  expect(hub.hub.stats().sockets).toBe(0);
});

test("guests count by who a trusted proxy says they are, however often the header stands, and by network (TB10, TC5)", async () => {
  const trusts = proxyTrust(["127.0.0.1"]);
  const clientAddressOf = (remote: string, forwarded: string) =>
    clientAddress(remote, forwarded, ["127.0.0.1"], trusts);
  hub = await startHub({ limits: { guestsPerAddress: 1 }, clientAddress: clientAddressOf });
  const knock = async (token: string, ...forwarded: string[]) => {
    hub.world.person(token, { key: token, account: { kind: "guest", id: token, name: token } });
    const lines = forwarded.map((value) => `X-Forwarded-For: ${value}\r\n`).join("");
    const bearer = `Authorization: Bearer ${token}\r\n`;
    const socket = await dial(hub.port);
    raws.push(socket);
    const status = new Promise<number>((done) =>
      socket.once("data", (bytes) => done(Number(String(bytes).split(" ")[1]))),
    );
    socket.write(`GET /hub HTTP/1.1\r\n${HOST}${UPGRADE}${bearer}${lines}\r\n`);
    return status;
  };
  expect(await knock("g1", "203.0.113.9")).toBe(101);
  expect(await knock("g2", "203.0.113.9")).toBe(429);
  // What stands before the proxy's own word was written by the client.
  expect(await knock("g3", "198.51.100.7, 203.0.113.9")).toBe(429);
  expect(await knock("g4", "198.51.100.7", "203.0.113.9")).toBe(429);
  expect(await knock("g5", "2001:db8:0:1::1")).toBe(101);
  expect(await knock("g6", "2001:db8:0:1:ffff::2")).toBe(429);
  expect(await knock("g7", "2001:db8:0:2::1")).toBe(101);
});

test("whatever a socket is put on as it comes in, it stays", async () => {
  hub = await startHub();
  // What the native side allocates for new names of such lengths and letters once read as "close this connection".
  const names = (i: number) => [40, 43, 46, 49, 52].map((length) => `u:${"0".repeat(length + (i % 3))}${i % 10}-${i}`);
  hub.world.hooks.beforeAuthenticate = () => sleep(1);
  for (let i = 0; i < 600; i++) hub.world.person(`p${i}`, { personalTopics: names(i) });
  for (let i = 0; i < 600; i += 20) await Promise.all(Array.from({ length: 20 }, (_, k) => hub.open(`p${i + k}`)));
  expect(hub.hub.stats()).toMatchObject({ sockets: 600, counters: { handshake_accepted: 600 } });
});

test("a plain request for /hub is not taken for an upgrade", async () => {
  hub = await startHub();
  const answer = await fetch(`http://127.0.0.1:${hub.port}/hub`, { headers: { authorization: "Bearer ana" } });
  expect(answer.status).toBe(404);
  expect(hub.world.calls.authenticate).toBe(0);
});
