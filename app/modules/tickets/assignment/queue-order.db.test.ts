import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { PRIORITIES } from "~db/schema/priority";
import { allowRunless, channelsOf, type MadeTicket, makeTickets } from "../../../../tests/support/data/many-tickets";
import { makeCustomer, makeWorld, withProduct } from "../../../../tests/support/world";
import { inOrderOf } from "../lists/list-order";
import { listTickets } from "../lists/list-tickets.server";
import { queueOrder } from "./queue.server";

withProduct();

it("a queue stands in one order: the index's, every query's, and the browser's", async () => {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  const [channel] = await channelsOf(world);
  await allowRunless();
  const at = (minute: number) => new Date(Date.UTC(2026, 9, 1, 12, minute)).toISOString();
  const waiting: MadeTicket[] = [true, false].flatMap((front) =>
    [...PRIORITIES].reverse().flatMap((priority) =>
      [3, 1, 1].map(
        (minute): MadeTicket => ({
          ...{ area_id: world.areas.sales, contact_id: rosa.guest.contactId, channel_id: channel ?? "" },
          ...{ state: "open", at: at(minute), assignee_id: null, priority, tags: [], waiting_on: "agent" },
          ...{ snoozed_until: null, queued_at: minute === 3 ? null : at(minute), queue_front: front },
        }),
      ),
    ),
  );
  await makeTickets(world, waiting);
  const question = sql`select id from ticket where org_id = ${world.orgId} and area_id = ${world.areas.sales}
    and state = 'open' and assignee_id is null and snoozed_until is null order by ${queueOrder}`;
  const { inSql, plan } = await asSystem("test", async (tx) => {
    await tx.execute(sql`select set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)`);
    const { rows } = await tx.execute<{ id: string }>(question);
    const explained = await tx.execute(sql`explain ${question}`);
    return { inSql: rows.map(({ id }) => id), plan: explained.rows.map((row) => row["QUERY PLAN"]).join("\n") };
  });
  // The index gives the order without sorting: its expressions are the query's, word for word.
  expect(plan).toContain("ticket_queue_order_idx");
  expect(plan).not.toContain("Sort");
  const { tickets } = await listTickets(world.admin, world.orgId, { view: "queue" }, { limit: 100 });
  expect(inSql).toHaveLength(waiting.length);
  expect(tickets.map(({ id }) => id)).toEqual(inSql);
  expect(
    [...tickets]
      .reverse()
      .sort(inOrderOf("queue"))
      .map(({ id }) => id),
  ).toEqual(inSql);
});
