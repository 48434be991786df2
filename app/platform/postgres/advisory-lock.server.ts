import { sql } from "drizzle-orm";
import type { Tx } from "../db.server";

/** What one process at a time does, each under a number of its own; `db/migrate.server.ts` has 7_461_920_113. */
const LOCKS = {
  demo: 7_461_920_114,
  sweep: 7_461_920_115,
  desk: 7_461_920_117,
  reports: 7_461_920_118,
  webhooks: 7_461_920_119,
} as const;

/** Takes a lock until the transaction ends; false where another process has it. */
export async function tryLock(tx: Tx, lock: keyof typeof LOCKS): Promise<boolean> {
  const { rows } = await tx.execute<{ free: boolean }>(
    sql`select pg_try_advisory_xact_lock(${LOCKS[lock]}::bigint) as free`,
  );
  return Boolean(rows[0]?.free);
}
