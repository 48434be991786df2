import { createHmac } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { listens, newGuest, says } from "../support/hub/guest-socket";
import { APP_SECRET, type Product, startProduct } from "../support/product";
import { startRedis, type TestRedis } from "../support/redis";
import { CONTACT, NUMBER, textMessage, whatsAppBody, whatsAppChange } from "../support/whatsapp-bodies";

/** What compose.yaml and docs/operations.md give the product's account of Redis. */
const RULES = "~guazu:* &guazu:* +@all -@dangerous -@scripting +info +eval +evalsha".split(" ");
const PASSWORD = "a-password-of-redis";

let folder: string;
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let redis: TestRedis;
const parts: Record<"web" | "hub" | "worker", Product> = {} as never;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "guazu-roles-"));
  chmodSync(folder, 0o711);
  [postgres, redis] = await Promise.all([
    startEmbeddedPostgres(join(folder, "postgres"), { durable: false }),
    startRedis(),
  ]);
  const operator = new Redis(redis.url);
  await operator.call("ACL", "SETUSER", "guazu", "on", `>${PASSWORD}`, ...RULES);
  await operator.call("ACL", "SETUSER", "default", "resetkeys", "resetchannels", "-@all", "+ping");
  operator.disconnect();
  const REDIS_URL = redis.url.replace("redis://", `redis://guazu:${PASSWORD}@`);
  const env = { DATABASE_URL: postgres.url, REDIS_URL, SECRET_KEY: "5ec4e7".repeat(11) };
  const names = ["web", "hub", "worker"] as const;
  await Promise.all(
    names.map(async (name) => {
      parts[name] = await startProduct({ env: { ...env, SERVICES: name } });
    }),
  );
  const settings = JSON.stringify({ phone_number_id: NUMBER, waba_id: "100", access_token: "t" });
  await parts.web.cli("channel:create", "--org", "demo", "--kind", "whatsapp", "--settings", settings);
}, 300_000);
afterAll(async () => {
  await Promise.all(Object.values(parts).map((part) => part.dispose()));
  await redis?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const status = async (part: Product, path: string) => (await fetch(part.url + path)).status;

describe("a process for each of web, hub and worker", () => {
  it("serves its own part and its health, and nothing else", async () => {
    for (const part of Object.values(parts)) {
      expect(await status(part, "/healthz")).toBe(200);
      expect(await status(part, "/readyz")).toBe(200);
      expect(await status(part, "/metrics")).toBe(200);
    }
    expect(await status(parts.web, "/login")).toBe(200);
    expect(await status(parts.hub, "/login")).toBe(404);
    expect(await status(parts.worker, "/c/demo")).toBe(404);
    expect(await status(parts.web, "/hub")).not.toBe(401);
    expect(await status(parts.worker, "/hub")).toBe(404);
  });

  it("are one product together, over a Redis that lets them do only what they need (TM3)", async () => {
    const guest = await newGuest(parts.web.url);
    const socket = await listens(parts.hub.url, guest);
    socket.say({ t: "send", ref: crypto.randomUUID(), conversation: guest.conversation_id, text: "por el hub" });
    await socket.hears(says("por el hub"));
    const api = await parts.web.api();
    const body = { client_id: crypto.randomUUID(), text: "por la web" };
    expect((await api("POST", `/conversations/${guest.conversation_id}/messages`, body)).status).toBeLessThan(300);
    await socket.hears(says("por la web"));
    socket.close();

    const webhook = whatsAppBody(whatsAppChange({ messages: [textMessage({ id: "wamid.1" })], contacts: [CONTACT] }));
    const raw = JSON.stringify(webhook);
    const signature = `sha256=${createHmac("sha256", APP_SECRET).update(raw).digest("hex")}`;
    const headers = { "x-hub-signature-256": signature };
    expect((await fetch(`${parts.web.url}/webhooks/meta`, { method: "POST", body: raw, headers })).status).toBe(200);
    const names = async () =>
      (await api<{ contact: { name: string } }[]>("GET", "/tickets?limit=100")).data.map(({ contact }) => contact.name);
    await expect.poll(names, { timeout: 30_000 }).toContain(CONTACT.profile.name);
    for (const part of Object.values(parts)) expect(part.said()).not.toMatch(/NOPERM|does not answer about limits/);
  });

  it("each stops with 0", async () => {
    for (const part of Object.values(parts)) expect(await part.stop()).toBe(0);
  });
});
