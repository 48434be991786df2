import { appendFileSync, chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { migrateDatabase } from "../../db/index.server";
import { runQuery, withDatabase } from "../support/postgres-query";
import { type Api, type Product, startProduct } from "../support/product";

/** Longer than any wait for a lock may last, so that a migration which waits it out shows. */
const READER_MS = 8_000;
const SENDERS = 4;

let folder: string;
let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
let url: string;
let product: Product;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "guazu-migration-"));
  chmodSync(folder, 0o711);
  postgres = await startEmbeddedPostgres(join(folder, "postgres"), { durable: false });
  await runQuery(postgres.url, "CREATE DATABASE migrated");
  url = withDatabase(postgres.url, "migrated");
  product = await startProduct({ env: { DATABASE_URL: url } });
});
afterAll(async () => {
  await product?.dispose();
  await postgres?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** This build's migrations with one more, which needs the busiest table for itself. */
function nextMigrations(): string {
  const next = join(folder, "migrations");
  cpSync("db/migrations", next, { recursive: true });
  appendFileSync(join(next, "9999_next.sql"), "ALTER TABLE message ADD COLUMN next integer;");
  const journal = JSON.parse(readFileSync(join(next, "meta/_journal.json"), "utf8"));
  journal.entries.push({ ...journal.entries.at(-1), idx: 9999, when: Date.now(), tag: "9999_next" });
  writeFileSync(join(next, "meta/_journal.json"), JSON.stringify(journal));
  return next;
}

/** Sends until it is told to stop; how long each message took, and what was not taken. */
function startSending(api: Api, conversations: readonly string[]) {
  const took: number[] = [];
  const refused: number[] = [];
  let stopped = false;
  const sender = async (place: number) => {
    while (!stopped) {
      const begun = performance.now();
      const body = { client_id: crypto.randomUUID(), text: "sigue andando", visibility: "staff" };
      const { status } = await api(
        "POST",
        `/conversations/${conversations[place % conversations.length]}/messages`,
        body,
      );
      took.push(performance.now() - begun);
      if (status >= 300) refused.push(status);
      await sleep(10);
    }
  };
  const all = Promise.all(Array.from({ length: SENDERS }, (_, place) => sender(place)));
  return {
    took,
    refused,
    async stop() {
      stopped = true;
      await all;
    },
  };
}

describe("a migration beside a product at work", () => {
  it("never keeps senders waiting for as long as it waits itself, and gets through (F42)", async () => {
    const api = await product.api();
    const { data } = await api<{ conversation_id: string }[]>("GET", "/tickets");
    const load = startSending(
      api,
      data.map((ticket) => ticket.conversation_id),
    );
    await expect.poll(() => load.took.length, { timeout: 30_000 }).toBeGreaterThan(20);

    // Somebody reads the table for a long time: whoever wants it alone must wait, and all others behind them.
    const reader = new pg.Client({ connectionString: url });
    await reader.connect();
    await reader.query("BEGIN; SELECT count(*) FROM message");
    const released = sleep(READER_MS).then(() => reader.query("COMMIT"));
    let waits = 0;
    await migrateDatabase(url, { folder: nextMigrations(), onWait: () => waits++ });
    await released;
    await reader.end();
    await load.stop();

    const worst = Math.round(Math.max(...load.took));
    console.log(JSON.stringify({ fault: "F42", sends: load.took.length, waits, blocked_ms_max: worst }));
    expect(waits).toBeGreaterThan(0);
    expect(load.refused).toEqual([]);
    expect(worst).toBeLessThan(READER_MS - 2_000);
    const stored = await runQuery(
      url,
      "SELECT count(*)::int AS n, count(next) AS filled FROM message WHERE text = 'sigue andando'",
    );
    expect(stored[0]).toMatchObject({ n: load.took.length, filled: "0" });
  });
});
