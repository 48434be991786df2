import { sql } from "drizzle-orm";
import { asSystem, type Tx } from "~/platform/db.server";
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

type Work<T> = (tx: Tx, now: Date) => Promise<T>;

/**
 * Bodies of one account are read one after the other, those of this process in the order in which they ask; between
 * processes PostgreSQL's own queue for the lock is the line. Who finds the database away keeps the place, and does `work`
 * again. `work` has the transaction that holds the lines.
 */
export function inLine<T>(accounts: readonly string[], signal: AbortSignal, work: Work<T>): Promise<T> {
  const names = [...new Set(accounts)].sort();
  return afterOthers(names, () => outlast(signal, () => alone(names, work)));
}

/**
 * Work under the locks of its lines, taken in one order by all. The commit waits for no disk: what it says is on it before
 * the end of the job is, and would otherwise be done again.
 */
const alone = <T>(names: readonly string[], work: Work<T>): Promise<T> =>
  asSystem("the line of an account's webhooks", async (tx, now) => {
    await tx.execute(
      sql`select set_config('idle_in_transaction_session_timeout', ${LINE_LIMIT}, true), set_config('synchronous_commit', 'off', true),
          pg_advisory_xact_lock(hashtextextended('webhooks:' || name, 0))
        from unnest(${sql.param(names)}::text[]) as name`,
    );
    return work(tx, now);
  });
