import { randomUUID } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { findBinaries } from "./binaries.server";
import { halt, initialize, launch, SUPERUSER } from "./cluster.server";
import { waitForFileLock } from "./file-lock.server";
import { addHold, dropHold } from "./holders.server";
import { type Home, openHome } from "./home.server";
import { clearStaleFile, settlePostmaster } from "./postmaster.server";
import { rotateLog } from "./run-binary.server";

export type EmbeddedPostgres = {
  /** Address with the superuser's password, of the database `guazuapp`. */
  url: string;
  /** True when the server already ran: another process uses it, or a killed one left it. */
  adopted: boolean;
  /** Ends this use; the last one to end stops the server. */
  stop(): Promise<void>;
};

const DATABASE = "guazuapp";
/** As long as a start may take, since whoever holds the lock may be starting the server. */
const LOCK_LIMIT_MS = 240_000;
const SETTLE_LIMIT_MS = 180_000;

function urlOf(home: Home, port: number, database: string): string {
  const password = readFileSync(home.passwordFile, "utf8").trim();
  return `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
}

async function ensureDatabase(home: Home, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(home, port, "postgres"), connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [DATABASE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  } finally {
    await client.end();
  }
}

function makeDataFolder(dataDir: string): void {
  // Others may pass through, not look: PostgreSQL may run as another account, below this folder.
  if (mkdirSync(dataDir, { recursive: true })) chmodSync(dataDir, 0o711);
}

async function underLock<T>(dataDir: string, work: () => Promise<T>): Promise<T> {
  const lock = await waitForFileLock(join(dataDir, "postgres.lock"), LOCK_LIMIT_MS);
  try {
    return await work();
  } finally {
    lock.release();
  }
}

async function startOrAdopt(dataDir: string, durable: boolean) {
  const home = openHome(dataDir);
  const binaries = findBinaries(home.user, dataDir);
  const running = await settlePostmaster(home.cluster, SETTLE_LIMIT_MS);
  if (!running) {
    rotateLog(home.log);
    if (!existsSync(home.cluster)) await initialize(home, binaries, durable);
    clearStaleFile(home.cluster);
  }
  const { port } = running ?? (await launch(home, binaries, durable));
  await ensureDatabase(home, port);
  return { home, binaries, url: urlOf(home, port, DATABASE), adopted: running !== undefined };
}

/**
 * Starts the PostgreSQL of a data folder, or joins the one that runs: any number of processes may, at the same moment,
 * and get one server. It runs in a session of its own, so a signal to our process group passes it by, and it outlives a
 * kill -9 of ours; the next call adopts it.
 * @param options `durable: false` gives up safety on power loss for speed: for tests only
 * @throws Error with one line that names the fault and the log when it cannot run
 */
export async function startEmbeddedPostgres(
  dataDir: string,
  options: { durable?: boolean } = {},
): Promise<EmbeddedPostgres> {
  const folder = resolve(dataDir);
  const use = randomUUID();
  makeDataFolder(folder);
  const { home, binaries, url, adopted } = await underLock(folder, async () => {
    const server = await startOrAdopt(folder, options.durable ?? true);
    addHold(folder, use);
    return server;
  });
  const end = () =>
    underLock(folder, async () => {
      if (dropHold(folder, use) === 0) await halt(home, binaries);
    });
  let ended: Promise<void> | undefined;
  return {
    url,
    adopted,
    stop() {
      ended ??= end();
      return ended;
    },
  };
}
