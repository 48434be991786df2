import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { asSystem, database } from "~/platform/db.server";
import { channelsOf } from "../../../../tests/support/data/many-tickets";
import { runQuery } from "../../../../tests/support/postgres-query";
import { makeCustomer, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { countTickets } from "../counts/count-tickets.server";
import { countFilters, listTickets } from "./list-tickets.server";
import type { TicketFilter } from "./ticket-filter.server";

withProduct();

const HISTORY = 50_000;
const LIVE = 60;
/** A page looks at so many rows of each area and state, at most twice. */
const HORIZON = 2_000;

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  const { guest } = await makeCustomer(world);
  const [channel = ""] = await channelsOf(world);
  const { sales, support } = world.areas;
  // Without triggers, which would take most of a minute.
  await runQuery(
    database().url,
    `set session_replication_role = replica;
    create temporary table made as select n, gen_random_uuid() as id, gen_random_uuid() as conversation,
      timestamptz '2025-01-01' + n * interval '1 minute' as at from generate_series(1, ${HISTORY + LIVE}) n;
    insert into conversation (id, org_id, kind, channel_id, identity_id)
      select conversation, '${world.orgId}', 'customer', '${channel}', id from made;
    insert into ticket (id, org_id, number, conversation_id, contact_id, channel_id, area_id, state, tags, first_seq,
        opened_at, closed_at, queued_at, last_activity_at)
      select id, '${world.orgId}', n, conversation, '${guest.contactId}', '${channel}',
        (case n % 2 when 0 then '${sales}' else '${support}' end)::uuid, case when n <= ${HISTORY} then 'closed' else 'open' end,
        case n when 2 then array['vieja'] else '{}' end, 1, at, case when n <= ${HISTORY} then at end,
        case when n > ${HISTORY} then at end, at from made;
    analyze`,
  );
}, 120_000);

/** How many rows of tickets were read meanwhile, by an index or by reading the table. */
async function rowsRead(work: () => Promise<unknown>): Promise<{ scanned: number; fetched: number }> {
  const figures = async () => {
    const { rows } = await asSystem("test", async (tx) => {
      await tx.execute(sql`select pg_stat_clear_snapshot()`);
      return tx.execute<{ scanned: string; fetched: string }>(
        sql`select pg_stat_get_tuples_returned('ticket'::regclass) as scanned, pg_stat_get_numscans('ticket'::regclass) as scans,
          (select sum(pg_stat_get_tuples_returned(indexrelid)) from pg_index where indrelid = 'ticket'::regclass) as fetched`,
      );
    });
    return rows[0];
  };
  const settle = () => asSystem("test", (tx) => tx.execute(sql`select pg_stat_force_next_flush()`));
  await settle();
  const before = await figures();
  await work();
  await settle();
  const after = await figures();
  return {
    scanned: Number(after?.scanned) - Number(before?.scanned),
    fetched: Number(after?.fetched) - Number(before?.fetched),
  };
}

const FILTERS: TicketFilter[] = [
  ...(["mine", "queue", "bot", "open", "closed", "snoozed", "all"] as const).map((view) => ({ view })),
  { view: "closed", tag: "vieja" },
  { view: "closed", tag: "nadie" },
  { view: "all", q: "nadie se llama así" },
  { view: "all", q: "17" },
  { view: "closed", priority: "urgent", from: "2025-01-01", to: "2025-02-01" },
  { view: "closed", from: "0001-01-01", to: "9999-12-31" },
  { view: "open", waitingOn: "customer" },
  { assignee: "none", state: "closed" },
];

describe("fifty thousand tickets of the past", () => {
  it.each(FILTERS.map((filter) => [JSON.stringify(filter), filter] as const))(
    "do not slow down a page of %s (TG5, pitfall 12)",
    async (_, filter) => {
      for (const actor of [world.admin, world.agent] as AccountActor[]) {
        for (const cursor of [null, `${Date.UTC(2025, 0, 10)}.01a20579-2204-7423-b6bc-bbdceae7d8f3`]) {
          if (cursor && filter.view === "queue") continue;
          const { scanned, fetched } = await rowsRead(() =>
            listTickets(actor, world.orgId, filter, { limit: 50, cursor }),
          );
          expect(scanned, "read by going through the table").toBe(0);
          expect(fetched).toBeLessThan(2 * 2 * 3 * HORIZON);
        }
      }
    },
  );

  it("are not read by the counters, and by no count of a filter further than it counts", async () => {
    const counted = await rowsRead(() => countTickets(world.agent, world.orgId));
    expect(counted).toEqual({ scanned: 0, fetched: 0 });
    for (const filter of FILTERS) {
      let count = 0;
      const { scanned, fetched } = await rowsRead(async () => {
        count = (await countFilters(world.admin, world.orgId, [filter]))[0]?.count ?? 0;
      });
      expect([scanned, count <= 1_000]).toEqual([0, true]);
      expect(fetched, JSON.stringify(filter)).toBeLessThan(2 * 2 * 3 * HORIZON);
    }
  });

  it("are found by going on, however old", async () => {
    let cursor: string | null = null;
    let found: number[] = [];
    for (let pages = 0; pages < 40 && found.length === 0; pages++) {
      const page = await listTickets(world.admin, world.orgId, { view: "closed", tag: "vieja" }, { limit: 50, cursor });
      found = page.tickets.map(({ number }) => number);
      cursor = page.nextCursor;
      if (!cursor) break;
    }
    expect(found).toEqual([2]);
  });
});
