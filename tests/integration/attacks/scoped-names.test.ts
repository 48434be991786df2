import { readdirSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { openSocket, type SocketDouble } from "../../../app/modules/realtime/testing/hub-client-double";
import { idOf, type Tus, tusOf } from "../../support/files/tus-client";
import { newGuest } from "../../support/hub/guest-socket";
import { testDatabase } from "../../support/postgres";
import { runQuery } from "../../support/postgres-query";
import { type Api, type Product, startProduct } from "../../support/product";
import { startRedis, type TestRedis } from "../../support/redis";

const PASSWORD = "guazu-demo-2026";
const UUID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";

/** Every limit that processes count together, and whose a bucket of it is. Its key is a hash of that name. */
const LIMITS: Record<string, string> = {
  "password-pair": "account and address",
  "password-account": "account",
  "password-address": "address",
  "signup-address": "address",
  "reset-account": "account",
  "reset-address": "address",
  "link-address": "address",
  "organisation-account": "account",
  "invitation-mail": "organisation",
  "chat-address": "address",
  "guest-message": "guest",
  "guest-address": "address",
  "guest-org": "organisation",
  "account-message": "account",
  "account-search": "account",
  "group-join": "account",
  report: "account",
  "api-call": "token",
};

type Name = { pattern: RegExp; scope: string; known?: string };
/** Every name that the product has in Redis, its scope, and how its scope is looked up: nothing is named by less. */
const NAMES: Name[] = [
  {
    pattern: new RegExp(`^guazu:c:(${UUID}):[spx]$`),
    scope: "the organisation of the conversation, or who takes part in it",
    known: "select 1 from conversation where id = $1 and (org_id is not null or kind <> 'customer')",
  },
  {
    pattern: new RegExp(`^guazu:o:(${UUID}):g$`),
    scope: "organisation: its guests",
    known: "select 1 from organisation where id = $1",
  },
  {
    pattern: new RegExp(`^guazu:o:(${UUID}):a:(${UUID})$`),
    scope: "organisation",
    known: "select 1 from area where org_id = $1 and id = $2",
  },
  {
    pattern: new RegExp(`^guazu:o:(${UUID}):m:(${UUID})$`),
    scope: "organisation",
    known: "select 1 from member where org_id = $1 and id = $2",
  },
  { pattern: new RegExp(`^guazu:u:(${UUID})$`), scope: "account", known: "select 1 from account where id = $1" },
  { pattern: new RegExp(`^guazu:on:(${UUID})$`), scope: "account", known: "select 1 from account where id = $1" },
  { pattern: new RegExp(`^guazu:limit:(?:${Object.keys(LIMITS).join("|")}):[\\w-]{22}$`), scope: "see LIMITS" },
];

const PATHS: Name[] = [
  {
    pattern: new RegExp(`^files/[0-9a-f]{2}/[0-9a-f]{64}-(${UUID})(?:-thumbnail)?$`),
    scope: "the organisation of the file's conversation",
    known:
      "select 1 from file f join conversation c on c.id = f.conversation_id where f.id = $1 and f.org_id = c.org_id",
  },
  {
    pattern: new RegExp(`^uploads/(${UUID})\\.part$`),
    scope: "the organisation of the upload's conversation",
    known:
      "select 1 from upload u join conversation c on c.id = u.conversation_id where u.id = $1 and u.org_id = c.org_id",
  },
];

const COMMANDS_WITH_NAMES: ReadonlySet<string> = new Set(["publish", "subscribe", "unsubscribe"]);
/** What is said to Redis without a name of the product's. */
const PLAIN: ReadonlySet<string> = new Set(["ping", "info", "time", "client", "select", "hello", "auth", "script"]);

/** The names in a command that the server ran, as MONITOR tells it. */
function namesIn([command = "", ...rest]: string[]): string[] {
  const word = command.toLowerCase();
  if (PLAIN.has(word) || word === "monitor") return [];
  if (word === "publish") return rest.slice(0, 1);
  if (COMMANDS_WITH_NAMES.has(word)) return rest;
  if (word === "eval" || word === "evalsha") return rest.slice(2, 2 + Number(rest[1]));
  // Of a script, or one that this test does not know: its first argument is held for a name.
  return rest.slice(0, 1);
}

let redis: TestRedis;
let product: Product;
let databaseUrl = "";
let dropDatabase = async () => {};
let monitor: Redis;
const names = new Set<string>();
const sockets: SocketDouble[] = [];
const cookies: Record<string, string> = {};
let guest: Awaited<ReturnType<typeof newGuest>>;
let stranger: typeof guest;
let files: string[];
let unfinished = "";

const byCookie = (cookie = ""): Tus => {
  const sender = { cookie, origin: product.url };
  return tusOf(() => product.url, sender);
};

const post = (path: string, form: Record<string, string>, cookie = "") =>
  fetch(product.url + path, {
    method: "POST",
    redirect: "manual",
    headers: { origin: product.url, cookie },
    body: new URLSearchParams(form),
  });

async function signIn(email: string, password = PASSWORD): Promise<string> {
  const answer = await post("/login", { email, password });
  return (answer.headers.getSetCookie()[0] ?? "").split(";", 1)[0] ?? "";
}

beforeAll(async () => {
  redis = await startRedis();
  const made = await testDatabase();
  databaseUrl = made.url;
  dropDatabase = made.drop;
  monitor = await new Redis(redis.url).monitor();
  monitor.on("monitor", (_, args: string[]) => {
    for (const name of namesIn(args)) names.add(name);
  });
  product = await startProduct({
    env: { DATABASE_URL: made.url, REDIS_URL: redis.url, SECRET_KEY: "5ec4e7".repeat(11) },
  });
  await workADay();
});
afterAll(async () => {
  for (const socket of sockets) socket.close();
  monitor?.disconnect();
  await product?.dispose();
  await redis?.stop();
  await dropDatabase();
});

/** What touches the bus, the limits and the storage: people of three kinds sign in, listen, write, send files, look. */
async function workADay(): Promise<void> {
  for (const who of ["admin", "agente", "cliente"]) cookies[who] = await signIn(`${who}@demo.test`);
  await signIn("admin@demo.test", "no es esta");
  await post("/signup", { name: "Eva", email: "eva@example.test", password: "chipa recién hecha" });
  await post("/reset", { intent: "request", email: "eva@example.test" });
  await fetch(`${product.url}/invite/${"A".repeat(43)}`);
  for (const who of ["admin", "agente", "cliente"]) {
    const headers = { cookie: cookies[who] ?? "", origin: product.url };
    const socket = await openSocket(product.port, "", { headers });
    socket.say({ t: "hello", resume: { conversations: {}, feed: "0.0" } });
    sockets.push(socket);
  }
  const api = await product.api();
  const { data: me } = await api<{ organisation_id: string }>("GET", "/me");
  for (const socket of sockets) socket.say({ t: "sub", topic: `organisation:${me.organisation_id}:tickets` });
  [guest, stranger] = [await newGuest(product.url), await newGuest(product.url)];
  const theirs = await openSocket(product.port, guest.token);
  theirs.say({ t: "hello" });
  theirs.say({ t: "sub", topic: `conversation:${guest.conversation_id}` });
  sockets.push(theirs);
  await writeTogether(api);
  await api("GET", "/search/messages?q=hola");
  files = await sendFiles();
}

async function writeTogether(api: Api): Promise<void> {
  const messages = `/conversations/${guest.conversation_id}/messages`;
  const theirs = (text: string) =>
    fetch(`${product.url}/api/v1${messages}`, {
      method: "POST",
      headers: { authorization: `Bearer ${guest.token}`, "content-type": "application/json" },
      body: JSON.stringify({ client_id: crypto.randomUUID(), text }),
    });
  expect((await theirs("hola")).status).toBe(201);
  await theirs("Ventas");
  const { data: tickets } = await api<{ id: string; conversation_id: string }[]>("GET", "/tickets?limit=100");
  const ticket = tickets.find((one) => one.conversation_id === guest.conversation_id);
  await api("POST", `/tickets/${ticket?.id}/claim`);
  const answered = await api("POST", messages, { client_id: crypto.randomUUID(), text: "¿en qué ayudo?" });
  expect(answered.status).toBe(201);
}

async function sendFiles(): Promise<string[]> {
  const sent = { conversation: guest.conversation_id, filename: "foto.png" };
  const image = await sharp({ create: { width: 900, height: 700, channels: 3, background: "#357" } })
    .png()
    .toBuffer();
  const mine = tusOf(() => product.url, { authorization: `Bearer ${guest.token}` });
  const agents = byCookie(cookies.admin);
  const ids = [
    await mine.send(image, sent),
    await mine.send("solo para la casa", { ...sent, filename: "nota.txt" }),
    await agents.send("de la casa", { ...sent, filename: "lista.txt" }),
  ];
  unfinished = idOf(await mine.create(1_000, sent));
  await mine.patch(unfinished, 0, "a medias");
  await vi.waitFor(async () => {
    const small = await mine.get(ids[0] ?? "", {}, "?size=thumb");
    expect(small.headers.get("content-type")).toBe("image/webp");
  }, 20_000);
  return ids;
}

/** Those that no pattern fits, or whose scope is not what the database has. */
async function without(table: Name[], found: Iterable<string>): Promise<string[]> {
  const wrong: string[] = [];
  for (const name of found) {
    const fits = table.flatMap(({ pattern, known }) => {
      const ids = pattern.exec(name);
      return ids ? [{ known, ids: ids.slice(1) }] : [];
    });
    const [fit] = fits;
    const asked = fit?.known && fit.ids.reduce((sql, id, at) => sql.replace(`$${at + 1}`, `'${id}'`), fit.known);
    if (!fit || (asked && (await runQuery(databaseUrl, asked)).length === 0)) wrong.push(name);
  }
  return wrong;
}

describe("names that all share (TA10)", () => {
  it("in Redis say whose they are: keys, channels, and whatever any command was about", async () => {
    const used = [...names];
    const client = new Redis(redis.url);
    const [keys, channels] = [await client.keys("*"), (await client.pubsub("CHANNELS")) as string[]];
    client.disconnect();
    const all = [...new Set([...used, ...keys, ...channels])];
    expect(await without(NAMES, all)).toEqual([]);
    const kinds = NAMES.filter(({ pattern }) => all.some((name) => pattern.test(name)));
    // What was tried reaches all of them, so that the table holds nothing that is no longer so.
    expect(kinds.map(({ pattern }) => pattern.source)).toEqual(NAMES.map(({ pattern }) => pattern.source));
    const limits = new Set(all.flatMap((name) => /^guazu:limit:([\w-]+):/.exec(name)?.[1] ?? []));
    expect(limits.size).toBeGreaterThan(8);
  });

  it("of stored files lead to a row of one organisation, and hold nothing that a person named", async () => {
    const paths = ["files", "uploads"].flatMap((folder) =>
      readdirSync(join(product.dataDir, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(product.dataDir.length + 1)),
    );
    expect(paths.length).toBeGreaterThan(4);
    expect(await without(PATHS, paths)).toEqual([]);
  });
});

describe("an address that somebody else knows (TA10)", () => {
  const strangers = (): Record<string, Tus> => ({
    nobody: byCookie(),
    "another customer": tusOf(() => product.url, { authorization: `Bearer ${stranger.token}` }),
    "an account": byCookie(cookies.cliente),
  });

  it("opens no file, whole or small, and no upload", async () => {
    for (const [who, tus] of Object.entries(strangers())) {
      // As for what is not there; who shows nothing is told to sign in, whatever they name.
      const refused = (await tus.get(crypto.randomUUID())).status;
      expect(refused).toBe(who === "nobody" ? 401 : 404);
      for (const id of files)
        for (const query of ["", "?size=thumb", "?download=1"])
          expect([who, id, (await tus.get(id, {}, query)).status]).toEqual([who, id, refused]);
      expect([who, await tus.offset(unfinished)]).toEqual([who, null]);
      expect((await tus.patch(unfinished, 8, "ajeno")).status).toBe(refused);
      expect((await tus.ask("DELETE", unfinished)).status).toBe(refused);
    }
    const mine = tusOf(() => product.url, { authorization: `Bearer ${guest.token}` });
    expect(await mine.offset(unfinished)).toBe(8);
    expect((await mine.get(files[0] ?? "")).status).toBe(200);
  });

  it("of the storage is none of the site's: its paths are served to nobody, its owner included", async () => {
    const [name = ""] = readdirSync(join(product.dataDir, "files"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(product.dataDir.length + 1));
    for (const path of [`/${name}`, `/media/${name}`, `/uploads/${unfinished}.part`, `/media/..%2f${name}`]) {
      const answer = await fetch(product.url + path, { headers: { cookie: cookies.admin ?? "" } });
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});
