import { sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";

/** So many additions of one organisation may stand before they are added up. */
const MOST_ROWS = 500;

/**
 * Adds up what triggers noted of each organisation that has more than `most` such rows, and twice as many as there are places: one statement takes the rows that it
 * sees and leaves their sums, so that a count at any moment sees the ones or the other. Writers only ever add rows, and wait
 * for nobody; of two that add up at once each takes the rows that the other did not.
 */
export async function addUpCounts(most = MOST_ROWS): Promise<void> {
  const { rows } = await asSystem("which organisations' counts to add up", (tx) =>
    tx.execute<{ org_id: string }>(sql`select org_id from ticket_count group by org_id
      having count(*) > ${most} and count(*) > 2 * count(distinct (area_id, assignee_id, state, waiting_on, snoozed))`),
  );
  for (const { org_id: orgId } of rows) {
    await asSystem("add up an organisation's counts", (tx) =>
      tx.execute(sql`
        with taken as (
          delete from ticket_count where org_id = ${orgId}
          returning area_id, assignee_id, state, waiting_on, snoozed, n)
        insert into ticket_count (org_id, area_id, assignee_id, state, waiting_on, snoozed, n)
          select ${orgId}::uuid, area_id, assignee_id, state, waiting_on, snoozed, sum(n)
          from taken group by 2, 3, 4, 5, 6 having sum(n) <> 0`),
    );
  }
}
