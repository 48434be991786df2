import { sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";

/**
 * Writes down that accounts are, or were until now, there: of those alone that show it. What another process writes at the
 * same moment is as good, so that nobody waits for a row.
 */
export async function noteSeen(accountIds: readonly string[]): Promise<void> {
  await asSystem("when accounts were there last", (tx) =>
    tx.execute(sql`update account set last_seen_at = now() where id in (
      select id from account where id = any(${sql.param(accountIds)}::uuid[]) and shows_presence
      order by id for no key update skip locked)`),
  );
}
