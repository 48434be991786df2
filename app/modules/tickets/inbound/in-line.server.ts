import { sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { outlast } from "~/platform/waiting/outlast.server";

/** Longer than the reading of the largest body takes, times those that may stand before it. */
const LINE_LIMIT = "60s";

/** The last who joined each line of this process. */
const lines = new Map<string, Promise<void>>();

/** One after the other within this process, so that those who wait hold no connection of the pool. */
async function afterOthers<T>(names: readonly string[], work: () => Promise<T>): Promise<T> {
  const before = Promise.all(names.map((name) => lines.get(name)));
  let leave = () => {};
  const mine = new Promise<void>((done) => {
    leave = done;
  });
  for (const name of names) lines.set(name, mine);
  try {
    await before;
    return await work();
  } finally {
    leave();
    for (const name of names) if (lines.get(name) === mine) lines.delete(name);
  }
}

/**
 * Bodies of one account are read one after the other, in the order in which their jobs began: two messages of one
 * customer that came in two bodies keep their order. Between processes PostgreSQL's own queue for the lock is the line. Who
 * finds the database away keeps the place, and does `work` again.
 */
export function inLine<T>(accounts: readonly string[], signal: AbortSignal, work: () => Promise<T>): Promise<T> {
  const names = [...new Set(accounts)].sort();
  return afterOthers(names, () => outlast(signal, () => alone(names, work)));
}

/** Work under the locks of its lines. */
const alone = <T>(names: readonly string[], work: () => Promise<T>): Promise<T> =>
  asSystem("the line of an account's webhooks", async (tx) => {
    await tx.execute(
      sql`select set_config('statement_timeout', ${LINE_LIMIT}, true), set_config('idle_in_transaction_session_timeout', ${LINE_LIMIT}, true)`,
    );
    for (const name of names) {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`webhooks:${name}`}, 0))`);
    }
    return work();
  });
