import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { type HubHarness, startHub } from "./testing/hub-harness.server";

let hub: HubHarness;
afterEach(() => hub.stop());

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

test("a plain request for /hub is not taken for an upgrade", async () => {
  hub = await startHub();
  const answer = await fetch(`http://127.0.0.1:${hub.port}/hub`, { headers: { authorization: "Bearer ana" } });
  expect(answer.status).toBe(404);
  expect(hub.world.calls.authenticate).toBe(0);
});
