import { sql } from "drizzle-orm";
import { recountFrom } from "~/modules/reports/index.server";
import { addUpCounts } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { areasOf, insertion } from "./insertion.server";

/** So many messages at most leave in one statement, so that none comes near the limit of time. */
const MESSAGES_AT_ONCE = 10_000;
const DAY_MS = 86_400_000;
const FILLED = sql.raw(
  "contact, identity, identity_address, conversation, message, ticket, ticket_event, ticket_count",
);

export type LoadSize = { tickets: number; messages: number };

/**
 * Fills an organisation with customers of its web channel, each with one ticket: of ten, eight are closed, one is somebody's
 * and one waits in the queue, spread over the year that ends now. Written past the verbs, for sizes that those would take
 * days for; screens that are open see it once they load anew. Each stretch is a transaction with all that belongs to it, so
 * that a load that ends early leaves whole tickets.
 * @param onward hears after each stretch how many rows of tickets and messages stand
 * @param stopped asked before each stretch
 * @returns how much was loaded
 */
export async function loadDemo(
  orgId: string,
  { tickets, messages }: LoadSize,
  onward: (rows: number) => void,
  stopped: () => boolean,
): Promise<LoadSize> {
  const step = Math.max(1, Math.floor(MESSAGES_AT_ONCE / Math.ceil(messages / tickets)));
  const each = Math.floor(messages / tickets);
  const loaded = { tickets: 0, messages: 0 };
  let analysed = 0;
  while (loaded.tickets < tickets && !stopped()) {
    const from = loaded.tickets;
    const count = Math.min(step, tickets - from);
    await asSystem("fill the demo", async (tx, now) => {
      const doors = await areasOf(tx, orgId);
      if (!doors) throw new Error("the organisation has no web channel or no area");
      const { rows } = await tx.execute<{ last: number }>(sql`
        update ticket_number set last = last + ${count} where org_id = ${orgId} returning last`);
      const first = Number(rows[0]?.last) - count;
      await tx.execute(insertion({ orgId, ...doors, first, from, count, tickets, messages }));
      await recountFrom(tx, new Date(now.getTime() - (365 * DAY_MS * (tickets - from)) / tickets));
    });
    // Now and not when a server next runs, so that what is added up at once stays small.
    await addUpCounts();
    loaded.tickets += count;
    loaded.messages += count * each + Math.max(0, Math.min(from + count, messages % tickets) - from);
    onward(loaded.tickets + loaded.messages);
    if (loaded.tickets >= analysed * 4) {
      await learnSizes();
      analysed = loaded.tickets;
    }
  }
  await learnSizes();
  return loaded;
}

/**
 * Lets the planner know how much there is. Foreign keys and triggers keep the plans that they made when there was nothing,
 * which read whole tables for each row.
 */
const learnSizes = () =>
  asSystem("the sizes of what was filled", async (tx) => {
    await tx.execute(sql`set local role none`);
    await tx.execute(sql`analyze ${FILLED}`);
  });
