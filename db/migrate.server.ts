import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";

/** One key for all processes, so that two that start together migrate one after the other. */
const MIGRATION_LOCK = 7_461_920_113;
/** Who waits for a table's lock keeps all that come after it waiting too, so that a migration never waits longer. */
const LOCK_TIMEOUT_MS = 1_000;
const PAUSE_MS = 2_000;
const TRIES = 60;
const LOCK_NOT_AVAILABLE = "55P03";

export type MigrateOptions = {
  /** Runs under the same lock: other libraries' own tables. */
  after?: (client: pg.Client) => Promise<void>;
  /** Told each time that a table was not to be had and the migration will try again. */
  onWait?: (tries: number) => void;
  /** Default `db/migrations`. */
  folder?: string;
};

const codeOf = (error: unknown): unknown => {
  const { code, cause } = error as { code?: unknown; cause?: unknown };
  return code ?? (cause ? codeOf(cause) : undefined);
};

async function patiently(work: () => Promise<void>, onWait: MigrateOptions["onWait"]): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      if (codeOf(error) !== LOCK_NOT_AVAILABLE || tries === TRIES) throw error;
      onWait?.(tries);
      await sleep(PAUSE_MS);
    }
  }
}

/**
 * Brings the database at `url` to the newest schema, under a lock. Needs a role that may create tables and roles. While
 * others use the tables it asks for their locks for a second at most, and again 2 s later, for two to three minutes.
 */
export async function migrateDatabase(url: string, { after, onWait, folder }: MigrateOptions = {}): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "guazu-migrate" });
  await client.connect();
  const migrationsFolder = folder ?? resolve("db/migrations");
  const migrations = { migrationsFolder, migrationsSchema: "public", migrationsTable: "schema_migration" };
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await client.query(`SET lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await patiently(() => migrate(drizzle(client), migrations), onWait);
    if (after) await patiently(() => after(client), onWait);
  } finally {
    await client.end();
  }
}
