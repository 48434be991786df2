import { sql } from "drizzle-orm";
import pg from "pg";
import { beforeAll, describe, expect, it } from "vitest";
import { asSystem, database } from "~/platform/db.server";
import { allowRunless, chance, channelsOf, makeTickets } from "../../../../tests/support/data/many-tickets";
import { makeCustomer, makeWorld, type World, withProduct } from "../../../../tests/support/world";
import { listTickets } from "../lists/list-tickets.server";
import { TICKET_VIEWS } from "../views";
import { addUpCounts } from "./add-up-counts.server";
import { countTickets } from "./count-tickets.server";

withProduct();

const TICKETS = 400;
const WRITERS = 8;
const BATCHES = 50;
const BATCH = 25;

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await allowRunless();
  const { guest } = await makeCustomer(world);
  const [channel = ""] = await channelsOf(world);
  const made = { area_id: world.areas.sales, contact_id: guest.contactId, channel_id: channel, state: "open" } as const;
  const at = (n: number) => new Date(Date.UTC(2026, 9, 1) + n * 1000).toISOString();
  await makeTickets(
    world,
    Array.from({ length: TICKETS }, (_, n) => ({ ...made, at: at(n) })),
  );
});

/** In one statement, and so in one snapshot: where what was noted and a recount differ. */
const DIFFERENCES = `
  select area_id, assignee_id, state, waiting_on, snoozed, sum(n) as off from (
    select area_id, assignee_id, state, waiting_on, snoozed, n from ticket_count
    union all
    select area_id, assignee_id, state, waiting_on, snoozed_until is not null, -1 from ticket
  ) both_ways group by 1, 2, 3, 4, 5 having sum(n) <> 0`;

/** Changes tickets as verbs do, and makes and removes some, each batch a transaction of its own. */
async function write(client: pg.Client, seed: number): Promise<void> {
  const random = chance(seed);
  const people = ["null", ...[world.admin, world.agent, world.other].map((actor) => `'${world.memberId(actor)}'`)];
  for (let n = 0; n < BATCHES; n++) {
    const first = random.below(TICKETS - BATCH);
    const state = random.of(["open", "open", "bot", "closed"]);
    const rows = `select id from ticket where number > ${first} order by number limit ${BATCH} for update`;
    await client.query(`update ticket set state = '${state}', assignee_id = ${state === "open" ? random.of(people) : "null"},
      closed_at = ${state === "closed" ? "now()" : "null"}, area_id = '${random.of(Object.values(world.areas))}',
      waiting_on = '${random.of(["agent", "customer", "none"])}',
      snoozed_until = ${state !== "closed" && random.below(3) === 0 ? "now()" : "null"} where id in (${rows})`);
    if (random.below(10) === 0)
      await client.query(`delete from ticket where id in (${rows.replace(`limit ${BATCH}`, "limit 1")})`);
    if (random.below(10) === 0) {
      await client.query("begin");
      await client.query(`update ticket set area_id = '${world.areas.sales}' where id in (${rows})`);
      await client.query("rollback");
    }
  }
}

const connect = async () => {
  const client = new pg.Client({ connectionString: database().url, options: "-c role=guazu_system" });
  await client.connect();
  return client;
};

describe("the counters (R18)", () => {
  it("equal a recount at every moment, with ten thousand changes at once and rows added up beside them", async () => {
    const clients = await Promise.all(Array.from({ length: WRITERS + 1 }, connect));
    const [watcher, ...writers] = clients;
    let writing = true;
    let looks = 0;
    const watch = async () => {
      while (writing) {
        expect((await watcher?.query(DIFFERENCES))?.rows).toEqual([]);
        looks++;
      }
    };
    const addUp = async () => {
      while (writing) await Promise.all([addUpCounts(100), addUpCounts(100)]);
    };
    const written = Promise.all(writers.map((client, n) => write(client, n + 1))).finally(() => {
      writing = false;
    });
    await Promise.all([written, watch(), addUp()]).finally(() => Promise.all(clients.map((client) => client.end())));
    expect(looks).toBeGreaterThan(3);
  });

  it("are, for each member and view, what the list holds", async () => {
    const all = { orgId: world.orgId, memberId: world.memberId(world.agent) };
    await asSystem("test", (tx) =>
      tx.execute(sql`insert into ticket_reader (org_id, ticket_id, member_id)
        select ${all.orgId}::uuid, id, ${all.memberId}::uuid from ticket where number % 50 = 0`),
    );
    for (const actor of [world.admin, world.agent, world.other]) {
      const counts = await countTickets(actor, world.orgId);
      for (const view of TICKET_VIEWS) {
        const { tickets } = await listTickets(actor, world.orgId, { view }, { limit: 1_000 });
        expect(counts[view], `${actor.name} ${view}`).toBe(tickets.length);
      }
      expect(counts.all).toBeGreaterThan(0);
    }
  });

  it("stand in few rows once they are added up, and in none that counts nothing", async () => {
    await addUpCounts(0);
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ rows: number; empty: number }>(
        sql`select count(*)::int as rows, count(*) filter (where n = 0)::int as empty from ticket_count`,
      ),
    );
    expect(rows[0]?.empty).toBe(0);
    expect(rows[0]?.rows).toBeLessThan(2 * 4 * 3 * 3 * 2);
    expect(await addUpCounts()).toBeUndefined();
  });
});
