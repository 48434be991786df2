import { asc, eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, withProduct } from "../../../../tests/support/world";

withProduct();

it("a run's stays are kept with it, each node once for each visit, however often an event comes", async () => {
  const world = await makeWorld({ bot: true });
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const again = await rosa.writes("horarios");
  await rosa.writes("horarios", again.clientId ?? "");
  await rosa.writes("ventas");
  const { flowPassage } = schema;
  const stays = await asSystem("test", (tx) =>
    tx.select().from(flowPassage).where(eq(flowPassage.orgId, world.orgId)).orderBy(asc(flowPassage.place)),
  );
  expect(stays.map(({ place, node, exit, leftAt }) => [place, node, exit, leftAt !== null])).toEqual([
    [1, "start", "next", true],
    [2, "greeting", "next", true],
    [3, "menu", "hours", true],
    [4, "hours", "next", true],
    [5, "menu", "sales", true],
    [6, "to-sales", null, false],
  ]);
  const menu = stays.filter(({ node }) => node === "menu");
  expect(menu.every(({ enteredAt, leftAt, failed }) => leftAt && leftAt > enteredAt && !failed)).toBe(true);
  expect(new Set(stays.map(({ ticketId }) => ticketId)).size).toBe(1);
});
