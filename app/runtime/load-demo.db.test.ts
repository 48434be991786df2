import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { getThread, listTickets } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../tests/support/world";
import { runCommand } from "./commands.server";

withProduct();

const count = async (query: ReturnType<typeof sql>) =>
  (await asSystem("test", (tx) => tx.execute<{ n: number }>(query))).rows[0]?.n;

it("fills an organisation with so many tickets and messages, which then live as any others", async () => {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const load = (tickets: number, messages: number) =>
    runCommand(["demo:load", "--org", world.handle, "--tickets", `${tickets}`, "--messages", `${messages}`]);
  expect(await load(40, 130)).toEqual({ tickets: 40, messages: 130 });
  await load(10, 10);
  expect(await count(sql`select count(*)::int as n from ticket where org_id = ${world.orgId}`)).toBe(51);
  expect(await count(sql`select max(number) as n from ticket where org_id = ${world.orgId}`)).toBe(51);
  expect(await count(sql`select last as n from ticket_number where org_id = ${world.orgId}`)).toBe(51);
  expect(await count(sql`select count(*)::int as n from message where org_id = ${world.orgId}`)).toBe(141);
  const holes = sql`select count(*)::int as n from conversation c where c.org_id = ${world.orgId} and c.last_seq <>
    (select count(*) from message m where m.conversation_id = c.id and m.seq between 1 and c.last_seq)`;
  expect(await count(holes)).toBe(0);
  const { tickets } = await listTickets(world.admin, world.orgId, { state: "open" }, { limit: 100 });
  expect(tickets.length).toBeGreaterThan(8);
  const loaded = tickets.find((ticket) => ticket.assignee && ticket.contact.name.startsWith("Cliente"));
  const thread = await getThread(world.admin, loaded?.conversation_id ?? "");
  expect(thread.messages.map(({ seq }) => seq)).toEqual(thread.messages.map((_, place) => place + 1));
  const reply = await memberWrites(world.admin, loaded?.conversation_id ?? "", "acá estamos");
  expect(reply.seq).toBe(thread.last_seq + 1);
  expect(await ticketOf(world, loaded?.conversation_id ?? "")).toMatchObject({ waiting_on: "customer" });
});

it("says what is wrong with the numbers it is given", async () => {
  const { handle } = await makeWorld();
  const load = (...words: string[]) => runCommand(["demo:load", "--org", handle, ...words]);
  await expect(load()).rejects.toThrow("--tickets is missing");
  await expect(load("--tickets", "-1")).rejects.toThrow();
  await expect(load("--tickets", "1.5")).rejects.toThrow("whole number");
  await expect(load("--tickets", "5", "--messages", "4")).rejects.toThrow("at least one each");
});
