import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { listens, newGuest, says } from "../support/hub-guest";
import { runQuery, withDatabase } from "../support/postgres-query";
import { type Product, startProduct } from "../support/product";
import { startRedis, type TestRedis } from "../support/redis";

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
    const guest = await newGuest(a.url);
    const atB = await listens(b.url, guest);
    const atA = await listens(a.url, guest);
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
    const guest = await newGuest(b!.url);
    const socket = await listens(b!.url, guest);
    socket.say({ t: "send", ref: crypto.randomUUID(), conversation: guest.conversation_id, text: "sigue andando" });
    await socket.hears(says("sigue andando"));
    socket.close();
  });
});
