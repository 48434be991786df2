import { EventEmitter } from "node:events";
import { Logger, runMigrations } from "graphile-worker";
import type pg from "pg";
import { JOB_FUNCTIONS } from "./job-functions.server";

const silent = new Logger(() => () => {});

/** graphile-worker migrates through a pool only; this one hands out the one client that holds the migration lock. */
function poolOf(client: pg.Client): pg.Pool {
  const lent = Object.assign(client, { release: () => {} });
  const pool = Object.assign(new EventEmitter(), { options: { max: 1 }, connect: async () => lent });
  return pool as unknown as pg.Pool;
}

/**
 * Brings the queue's tables and functions to this version. Called by `migrateDatabase` under its lock, on a connection
 * whose role may create schemas.
 */
export async function migrateJobs(client: pg.Client): Promise<void> {
  await runMigrations({ pgPool: poolOf(client), logger: silent });
  await client.query("BEGIN");
  try {
    await client.query(JOB_FUNCTIONS);
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    throw error;
  }
}
