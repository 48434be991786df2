import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { listens, newGuest, says } from "../support/hub/guest-socket";
import { runQuery, withDatabase } from "../support/postgres-query";
import { apiOf, type Product, startProduct } from "../support/product";
import { startRedis, type TestRedis } from "../support/redis";

const answerOf = ({ status, data }: { status: number; data: unknown }) => ({ status, data });

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

  it("do a call once that comes to both at the same time with the same Idempotency-Key", async () => {
    const both = running.slice(-2);
    const { token } = await both[0]!.cli<{ token: string }>("token:create", "--org", "demo", "--scopes", "*");
    const apis = both.map(({ url }) => apiOf(url, token));
    const guest = await newGuest(both[0]!.url);
    const messages = `/conversations/${guest.conversation_id}/messages`;
    // Without a ticket of it the conversation is none of the staff's.
    const first = { client_id: crypto.randomUUID(), text: "hola" };
    expect((await apiOf(both[1]!.url, guest.token)("POST", messages, first)).status).toBe(201);
    // On a busy machine one may be told that the first is still at work, and to come again.
    const ask = async (place: number, path: string, body: object, key: string) => {
      for (;;) {
        const api = apis[place % apis.length]!;
        const answer = await api<{ id: string }>("POST", path, body, { "idempotency-key": key });
        if (answer.error?.code !== "in_progress") return answer;
      }
    };
    const calls = [
      { path: messages, body: { text: "una sola vez" }, another: { text: "otra cosa" } },
      { path: "/channels", body: { kind: "web", name: "Uno solo" }, another: { name: "Otro" } },
    ];
    for (const { path, body, another } of calls) {
      for (const key of [crypto.randomUUID(), `factura-0001${path}`]) {
        const answers = await Promise.all(Array.from({ length: 8 }, (_, place) => ask(place, path, body, key)));
        answers.push(await ask(1, path, body, key));
        expect([200, 201], JSON.stringify(answers[0]!.error)).toContain(answers[0]!.status);
        for (const { status, data } of answers) expect({ status, data }).toEqual(answerOf(answers[0]!));
        expect(new Set(answers.map(({ data }) => data.id)).size).toBe(1);
        const other = await ask(0, path, { ...body, ...another }, key);
        expect([other.status, other.error?.code]).toEqual([409, "id_reused"]);
      }
    }
    const stored = await apis[1]!<{ text: string }[]>("GET", messages);
    expect(stored.data.filter(({ text }) => text === "una sola vez")).toHaveLength(2);
    const channels = await apis[0]!<{ name: string }[]>("GET", "/channels");
    expect(channels.data.filter(({ name }) => name === "Uno solo")).toHaveLength(2);
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
