import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import WebSocket from "ws";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { runQuery, withDatabase } from "../support/postgres-query";
import { type Product, startProduct } from "../support/product";
import { startRedis, type TestRedis } from "../support/redis";

type Guest = { token: string; conversation_id: string };
type Frame = { t: string; event?: string; data?: { message?: { text: string } } };

/** A guest's own socket: what it is told, and a way to wait for a piece of it. */
async function listens(product: Product, guest: Guest) {
  const address = `${product.url.replace("http", "ws")}/hub?access_token=${encodeURIComponent(guest.token)}`;
  const socket = new WebSocket(address, ["guazu.v1"]);
  const frames: Frame[] = [];
  socket.on("message", (data) => frames.push(JSON.parse(String(data)) as Frame));
  await new Promise((done, fail) => socket.once("open", done).once("error", fail));
  const hears = (fits: (frame: Frame) => boolean) =>
    expect.poll(() => frames.filter(fits).length, { timeout: 20_000 }).toBe(1);
  const say = (frame: object) => socket.send(JSON.stringify(frame));
  say({ t: "hello" });
  await hears((frame) => frame.t === "welcome");
  say({ t: "sub", topic: `conversation:${guest.conversation_id}` });
  await hears((frame) => frame.t === "subscribed");
  return { hears, say, close: () => socket.terminate() };
}

async function newGuest(product: Product): Promise<Guest> {
  const answer = await fetch(`${product.url}/api/v1/public/demo/conversations`, { method: "POST" });
  expect(answer.status).toBeLessThan(300);
  return ((await answer.json()) as { data: Guest }).data;
}

const says = (text: string) => (frame: Frame) =>
  frame.event === "message.created" && frame.data?.message?.text === text;

describe("two processes on one database", () => {
  let folder: string;
  let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let redis: TestRedis;
  const running: Product[] = [];
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "guazu-two-processes-"));
    chmodSync(folder, 0o711);
    postgres = await startEmbeddedPostgres(join(folder, "postgres"), { durable: false });
    redis = await startRedis();
  });
  afterAll(async () => {
    await Promise.all(running.map((product) => product.dispose()));
    await redis?.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  async function pair(name: string, env: Record<string, string>): Promise<[Product, Product]> {
    await runQuery(postgres.url, `CREATE DATABASE ${name}`);
    const shared = { DATABASE_URL: withDatabase(postgres.url, name), SECRET_KEY: "5ec4e7".repeat(11), ...env };
    const both = await Promise.all([startProduct({ env: shared }), startProduct({ env: shared })]);
    running.push(...both);
    return both;
  }

  it("start together on an empty database, make the demo once, and both serve", async () => {
    const [a, b] = await pair("plain", {});
    for (const product of [a, b]) {
      expect((await fetch(`${product.url}/readyz`)).status).toBe(200);
      expect((await fetch(`${product.url}/c/demo`)).status).toBe(200);
    }
    const { data } = await a.cli<{ data: unknown[] }>("org:list");
    expect(data).toHaveLength(1);
    const [throughA, throughB] = await Promise.all([a.api(), b.api()]);
    const tickets = await throughA<{ id: string }[]>("GET", "/tickets");
    expect(tickets.data.length).toBeGreaterThan(0);
    expect((await throughB("GET", "/tickets")).data).toEqual(tickets.data);
  });

  it("tell each other through Redis: what is written at one is heard at the other", async () => {
    const [a, b] = await pair("with_redis", { REDIS_URL: redis.url });
    const guest = await newGuest(a);
    const atB = await listens(b, guest);
    const atA = await listens(a, guest);
    const ref = crypto.randomUUID();
    atA.say({ t: "send", ref, conversation: guest.conversation_id, text: "dicho en uno" });
    await atA.hears((frame) => frame.t === "ack");
    await atB.hears(says("dicho en uno"));
    const api = await b.api();
    const body = { client_id: crypto.randomUUID(), text: "contestado en el otro" };
    expect((await api("POST", `/conversations/${guest.conversation_id}/messages`, body)).status).toBeLessThan(300);
    await atA.hears(says("contestado en el otro"));

    // The line between them breaks and mends; nothing is lost for good.
    await redis.restart();
    const second = { client_id: crypto.randomUUID(), text: "después del corte" };
    expect((await api("POST", `/conversations/${guest.conversation_id}/messages`, second)).status).toBeLessThan(300);
    await atB.hears(says("después del corte"));
    for (const socket of [atA, atB]) socket.close();
  });

  it("stop without harm to the other", async () => {
    const [a, b] = running.slice(-2);
    expect(await a!.stop()).toBe(0);
    const guest = await newGuest(b!);
    const socket = await listens(b!, guest);
    socket.say({ t: "send", ref: crypto.randomUUID(), conversation: guest.conversation_id, text: "sigue andando" });
    await socket.hears(says("sigue andando"));
    socket.close();
  });
});
