import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { listens, newGuest } from "../support/hub/guest-socket";
import { runQuery } from "../support/postgres-query";
import { apiOf, type Product, startProduct } from "../support/product";
import { startRedis, type TestRedis } from "../support/redis";

const CANARY = "canary7f3a";
const WORDS = {
  key: `${CANARY}-secret-key-of-this-product-0123456789`,
  mail: `${CANARY}-mail`,
  app: `${CANARY}-app-secret`,
  verify: `${CANARY}-verify`,
  metrics: `${CANARY}-metrics-token`,
  password: `${CANARY}-password`,
  invitation: `${CANARY}-invitation`,
  reset: `${CANARY}-reset`,
  cookie: `${CANARY}-cookie`,
  channel: `${CANARY}-channel`,
};

let folder: string;
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let redis: TestRedis;
let product: Product;
const secrets = new Set<string>(Object.values(WORDS));

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "guazu-secrets-"));
  chmodSync(folder, 0o711);
  postgres = await startEmbeddedPostgres(join(folder, "postgres"), { durable: false });
  redis = await startRedis();
  secrets.add(new URL(postgres.url).password);
  product = await startProduct({
    env: {
      LOG_LEVEL: "trace",
      DATABASE_URL: postgres.url,
      REDIS_URL: redis.url,
      SECRET_KEY: WORDS.key,
      SMTP_URL: `smtp://guazu:${WORDS.mail}@127.0.0.1:9`,
      META_APP_SECRET: WORDS.app,
      META_VERIFY_TOKEN: WORDS.verify,
      METRICS_TOKEN: WORDS.metrics,
    },
  });
});
afterAll(async () => {
  await product?.dispose();
  await redis?.stop();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const form = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(product.url + path, {
    method: "POST",
    body: new URLSearchParams(fields),
    headers: { origin: product.url, ...headers },
    redirect: "manual",
  });
const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(product.url + path, { headers, redirect: "manual" });

const api = (token: string) => apiOf(product.url, token);
let held: Held;

type Held = { cookie: string; token: string; guest: Awaited<ReturnType<typeof newGuest>> };

/** Makes what the product gives out as secrets, and shows it every way in which a client may. */
async function obtain(): Promise<Held> {
  const signedIn = await form("/login", { email: "agente@demo.test", password: "guazu-demo-2026" });
  const cookie =
    signedIn.headers
      .getSetCookie()
      .find((one) => one.includes("session"))
      ?.split(";")[0] ?? "";
  expect(cookie).not.toBe("");
  const { token = "" } = await product.cli("token:create", "--org", "demo", "--scopes", "*");
  const guest = await newGuest(product.url);
  // A token's first part may be its public id; what follows it opens doors.
  for (const secret of [decodeURIComponent(cookie.split("=")[1] ?? "").split(".")[0] ?? "", token, guest.token])
    secrets.add(secret);
  const settings = { phone_number_id: "1", waba_id: "2", access_token: WORDS.channel };
  const made = await api(token)("POST", "/channels", { kind: "whatsapp", name: "WhatsApp", settings });
  expect(made.status).toBeLessThan(300);
  held = { cookie, token, guest };
  return held;
}

async function showAll({ cookie, token, guest }: Held): Promise<void> {
  await form("/login", { email: "agente@demo.test", password: WORDS.password });
  await form("/reset", { email: "agente@demo.test" });
  await get("/inbox", { cookie });
  await get("/inbox", { cookie: `guazu.session=${WORDS.cookie}.x` });
  for (const shown of [token, guest.token, WORDS.cookie]) {
    await get("/api/v1/me", { authorization: `Bearer ${shown}` });
    await get(`/api/v1/me?access_token=${shown}`);
    await get(`/hub?access_token=${shown}`);
    await get(`/inbox?access_token=${shown}`);
    await get(`/nowhere.data?access_token=${shown}`);
  }
  for (const path of [`/invite/${WORDS.invitation}`, `/join/${WORDS.invitation}`, `/reset?token=${WORDS.reset}`]) {
    await get(path, { cookie });
    await form(path, { password: WORDS.password, token: WORDS.reset });
  }
  await get("/metrics", { authorization: `Bearer ${WORDS.metrics}` });
  await get(`/webhooks/meta?hub.mode=subscribe&hub.verify_token=${WORDS.verify}&hub.challenge=1`);
  const bad = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const body = JSON.stringify({ kind: "whatsapp", settings: { access_token: WORDS.channel, app_secret: WORDS.app } });
  await fetch(`${product.url}/api/v1/channels`, { method: "POST", body, headers: bad });
}

function filesOf(path: string): string[] {
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Tables in which secrets are looked up: without them every question about one fails, with the secret in its hand. */
const LOOKED_UP = ["session", "api_token", "guest_session", "invitation", "verification", "credential"];

describe("secrets", () => {
  it("never reach the log, whatever is shown and whatever fails (TK1)", async () => {
    await obtain();
    const socket = await listens(product.url, held.guest);
    await showAll(held);
    const tables = await runQuery(postgres.url, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'");
    const away = LOOKED_UP.filter((name) => tables.some(({ tablename }) => tablename === name));
    expect(away.length).toBeGreaterThan(3);
    for (const name of away) await runQuery(postgres.url, `ALTER TABLE ${name} RENAME TO ${name}_away`);
    await showAll(held);
    for (const name of away) await runQuery(postgres.url, `ALTER TABLE ${name}_away RENAME TO ${name}`);
    socket.close();
    await expect.poll(() => product.said(), { timeout: 10_000 }).toContain("Failed query");

    const said = product.said();
    for (const secret of secrets) {
      expect(secret.length).toBeGreaterThan(8);
      for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString("base64")])
        expect(said.includes(form), `${secret} in the log`).toBe(false);
    }
    expect(said).not.toContain(CANARY);
    expect((await get("/login")).status).toBe(200);
  });

  it("are in nothing that was built", () => {
    const built = filesOf("build").map((path) => readFileSync(path, "utf8"));
    for (const word of [CANARY, postgres.url]) expect(built.some((text) => text.includes(word))).toBe(false);
  });
});

describe("the log", () => {
  it("says on every line of a request which one, the same that the answer says", async () => {
    await runQuery(postgres.url, "ALTER TABLE message RENAME TO message_away");
    const path = `/api/v1/conversations/${held.guest.conversation_id}/messages`;
    const answer = await get(path, { authorization: `Bearer ${held.token}` });
    await runQuery(postgres.url, "ALTER TABLE message_away RENAME TO message");
    const id = answer.headers.get("x-request-id") ?? "";
    expect(answer.status).toBeGreaterThanOrEqual(500);
    const body = (await answer.json()) as { error: { request_id: string } };
    expect(body.error.request_id).toBe(id);
    await expect.poll(() => linesWith(id).map(({ msg }) => msg)).toEqual(["an API call failed", "request"]);
  });

  it("keeps what clients say within one line (TE8)", async () => {
    const before = product.said().length;
    const wild = '\u001b[31mrojo\r\n{"level":60,"msg":"forged"}';
    await form("/login", { email: wild, password: "x" });
    await get(`/${encodeURIComponent(wild)}`);
    await form("/login", { email: "a@b.c" }, { origin: "http://evil.test\u00a0x" });
    const name = JSON.stringify({ name: wild });
    await fetch(`${product.url}/api/v1/public/demo/conversations`, { method: "POST", body: name });
    const said = product.said().slice(before).split("\n").filter(Boolean);
    expect(said.length).toBeGreaterThan(3);
    for (const line of said) {
      const { msg } = JSON.parse(line) as { msg: string };
      expect(msg).not.toBe("forged");
      expect(line).not.toContain("\u001b");
    }
  });
});

describe("a request that fails in a way that nobody foresaw (TM6)", () => {
  it("is answered 500 with its id and nothing of its cause, and the process goes on", async () => {
    await runQuery(postgres.url, "ALTER TABLE organisation RENAME COLUMN handle TO handle_away");
    const answer = await get("/c/demo");
    const text = await answer.text();
    await runQuery(postgres.url, "ALTER TABLE organisation RENAME COLUMN handle_away TO handle");
    expect(answer.status).toBe(500);
    expect(text).not.toMatch(/handle_away|Failed query|node_modules\/pg/i);
    expect(linesWith(answer.headers.get("x-request-id") ?? "none").length).toBeGreaterThan(0);
    expect((await get("/c/demo")).status).toBe(200);
  });
});

/** The lines of the log that carry this request's id. */
function linesWith(id: string): { msg: string; requestId: string }[] {
  return product
    .said()
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line) => JSON.parse(line) as { msg: string; requestId: string })
    .filter(({ requestId }) => requestId === id);
}
