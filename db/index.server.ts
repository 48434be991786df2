import { resolve } from "node:path";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
import pg from "pg";
import * as accounts from "./schema/accounts";
import * as bots from "./schema/bots";
import * as channels from "./schema/channels";
import * as contacts from "./schema/contacts";
import * as messaging from "./schema/messaging";
import * as tickets from "./schema/tickets";

export const schema = { ...accounts, ...contacts, ...channels, ...messaging, ...tickets, ...bots };

/** One key for all processes, so that two that start together migrate one after the other. */
const MIGRATION_LOCK = 7_461_920_113;

/**
 * Brings the database at `url` to the newest schema, under a lock; `after` runs under the same lock (other libraries'
 * own tables). Needs a role that may create tables and roles.
 */
export async function migrateDatabase(url: string, after?: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: "guazu-migrate" });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    await migrate(drizzle(client), {
      migrationsFolder: resolve("db/migrations"),
      migrationsSchema: "public",
      migrationsTable: "schema_migration",
    });
    await after?.(client);
  } finally {
    await client.end();
  }
}
