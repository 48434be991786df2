import { createHash, randomBytes, randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { resolve } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres } from "../../../app/platform/postgres/embedded.server";
import { temporaryDataDir } from "../../support/data/data-dir";
import { withDatabase } from "../../support/postgres-query";
import { type Product, startProduct } from "../../support/product";
import { openFastSocket } from "../driver/fast-socket";

const HANDLE = "medida";
const AT_ONCE = 16;
const SECRET_KEY = "5ec4e7".repeat(11);

export type Guest = { token: string; conversation: string };
export type ProductWorld = {
  product: Product;
  pid: number;
  /** A connection to the product's database, as its owner. */
  database: pg.Client;
  /** The address of another database on the same server, for the reference. */
  referenceUrl: string;
  guests: readonly Guest[];
  /** Tokens of the organisation's first admin. */
  memberTokens(count: number): Promise<string[]>;
  stop(): Promise<void>;
};

/** A guest comes from an address of its own, as behind a proxy. */
const addressOf = (place: number) => `10.${(place >> 16) & 255}.${(place >> 8) & 255}.${place & 255}`;

async function newGuest(url: string, place: number): Promise<Guest> {
  const headers = { "x-forwarded-for": addressOf(place), "content-type": "application/json" };
  const answer = await fetch(`${url}/api/v1/public/${HANDLE}/conversations`, { method: "POST", headers, body: "{}" });
  if (answer.status !== 201) throw new Error(`a guest was answered ${answer.status}`);
  const { data } = (await answer.json()) as { data: { token: string; conversation_id: string } };
  return { token: data.token, conversation: data.conversation_id };
}

/** Opens the guest's ticket. */
async function firstMessage(port: number, { token, conversation }: Guest): Promise<void> {
  const socket = await openFastSocket({ port, path: `/hub?access_token=${token}` });
  const ref = randomUUID();
  await new Promise<void>((done, fail) => {
    socket.onFrame = (bytes, start, end) => {
      const frame = bytes.toString("utf8", start, end);
      if (frame.includes('"ack"')) done();
      else if (frame.includes('"error"')) fail(new Error(frame));
    };
    void socket.closed.then((code) =>
      fail(new Error(`a socket closed with ${code} before its message was acknowledged`)),
    );
    socket.send(JSON.stringify({ t: "send", ref, conversation, text: "hola" }));
  });
  socket.close();
}

export async function inParallel<T>(count: number, atOnce: number, work: (place: number) => Promise<T>): Promise<T[]> {
  const results: T[] = [];
  let next = 0;
  const worker = async () => {
    while (next < count) {
      const place = next++;
      results[place] = await work(place);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker));
  return results;
}

/**
 * The whole built product on a durable PostgreSQL of its own, with one organisation whose customers write to people:
 * so many guests, each with an open ticket that somebody has.
 */
export async function startProductWorld(guestCount: number): Promise<ProductWorld> {
  const dataDir = temporaryDataDir();
  const postgres = await startEmbeddedPostgres(dataDir, { durable: true });
  const owner = new pg.Client({ connectionString: withDatabase(postgres.url, "postgres") });
  await owner.connect();
  await owner.query("create database product");
  await owner.query("create database reference");
  await owner.end();
  const url = withDatabase(postgres.url, "product");
  const env = { DATABASE_URL: url, SECRET_KEY, TRUST_PROXY: "127.0.0.1", DEMO: "0", LOG_LEVEL: "silent" };
  const product = await startProduct({ env });
  const admin = ["--admin-email", "ana@medida.test", "--admin-password", "una clave para medir"];
  await product.cli("org:create", "--handle", HANDLE, "--name", "Medida", ...admin);
  const database = new pg.Client({ connectionString: url });
  await database.connect();
  await database.query("update channel set flow_id = null");
  const guests = await inParallel(guestCount, AT_ONCE, (place) => newGuest(product.url, place));
  await inParallel(guestCount, AT_ONCE, (place) => firstMessage(product.port, guests[place] as Guest));
  await database.query("update ticket set assignee_id = (select id from member limit 1), version = version + 1");
  await database.query("vacuum analyze");
  return {
    product,
    pid: product.pid() ?? 0,
    database,
    referenceUrl: withDatabase(postgres.url, "reference"),
    guests,
    async memberTokens(count) {
      const tokens = Array.from({ length: count }, () => `gza_${randomBytes(32).toString("base64url")}`);
      const hashes = tokens.map((token) => createHash("sha256").update(token).digest("hex"));
      await database.query(
        `insert into api_token (id, org_id, member_id, name, scopes, token_hash)
         select gen_random_uuid(), m.org_id, m.id, 'bench', '{*}', hash from member m, unnest($1::text[]) hash`,
        [hashes],
      );
      return tokens;
    },
    async stop() {
      await database.end();
      await product.dispose();
      await postgres.stop();
      rmSync(resolve(dataDir, ".."), { recursive: true, force: true });
    },
  };
}
