import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { getThread, listTickets } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, type World, withProduct } from "../../../tests/support/world";
import { EXIT_CODE } from "../command.server";
import { runCommand } from "../commands.server";
import { loadDemo } from "./load-demo.server";
import { recountDesk } from "./recount-desk.server";

withProduct();

const change = (statement: ReturnType<typeof sql>) => asSystem("test", (tx) => tx.execute(statement));
const load = (world: World, tickets: number, messages: number) =>
  runCommand(["demo:load", "--org", world.handle, "--tickets", `${tickets}`, "--messages", `${messages}`]);

it("fills an organisation with so many tickets and messages, which then live as any others", async () => {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  expect(await load(world, 40, 130)).toEqual({
    tickets: 40,
    messages: 130,
    recounted: { conversations: 41, messages: 131, tickets: 41, differences: [] },
  });
  expect(await load(world, 10, 10)).toMatchObject({ recounted: { conversations: 51, messages: 141, differences: [] } });
  const { tickets } = await listTickets(world.admin, world.orgId, { state: "open" }, { limit: 100 });
  expect(tickets.length).toBeGreaterThan(8);
  const loaded = tickets.find((ticket) => ticket.assignee && ticket.contact.name.startsWith("Cliente"));
  const thread = await getThread(world.admin, loaded?.conversation_id ?? "");
  expect(thread.messages.map(({ seq }) => seq)).toEqual(thread.messages.map((_, place) => place + 1));
  const reply = await memberWrites(world.admin, loaded?.conversation_id ?? "", "acá estamos");
  expect(reply.seq).toBe(thread.last_seq + 1);
  expect(await ticketOf(world, loaded?.conversation_id ?? "")).toMatchObject({ waiting_on: "customer" });
  expect((await recountDesk(world.orgId)).differences).toEqual([]);
});

it("ends after a stretch when it is stopped; what stands is whole, and a further load adds to it", async () => {
  const world = await makeWorld();
  const told: number[] = [];
  const loaded = await loadDemo(
    world.orgId,
    { tickets: 30, messages: 30_000 },
    (rows) => told.push(rows),
    () => told.length === 2,
  );
  expect(loaded).toEqual({ tickets: 20, messages: 20_000 });
  expect(told).toEqual([10_010, 20_020]);
  expect(await load(world, 10, 10)).toMatchObject({ recounted: { tickets: 30, messages: 20_010, differences: [] } });
});

const conversation = (world: World) =>
  sql`(select min(id::text)::uuid from conversation where org_id = ${world.orgId})`;
const BROKEN: [string, (world: World) => ReturnType<typeof sql>][] = [
  ["seq", (world) => sql`update conversation set last_seq = last_seq + 1 where id = ${conversation(world)}`],
  ["seq", (world) => sql`delete from message where conversation_id = ${conversation(world)} and seq = 1`],
  [
    "last_message",
    (world) => sql`update conversation set last_public_message_id = null where id = ${conversation(world)}`,
  ],
  [
    "rev",
    (world) => sql`insert into change (org_id, conversation_id, rev, kind, ref)
      select ${world.orgId}, id, 7, 'message', id from conversation where id = ${conversation(world)}`,
  ],
  [
    "unread",
    (world) => sql`insert into read_mark (conversation_id, account_id, org_id, seq, read_at)
      select ${conversation(world)}, ${world.admin.accountId}, ${world.orgId}, 900, now()`,
  ],
  ["ticket_number", (world) => sql`update ticket_number set last = last - 1 where org_id = ${world.orgId}`],
  ["queue", (world) => sql`update ticket set queued_at = now() where org_id = ${world.orgId} and state = 'closed'`],
  ["assigned", (world) => sql`update ticket set assigned_at = null where org_id = ${world.orgId} and state = 'open'`],
  [
    "ticket_count",
    (world) =>
      sql`update ticket_count set n = n + 1 where id = (select min(id) from ticket_count where org_id = ${world.orgId})`,
  ],
];

it.each(BROKEN)("finds a wrong %s", async (what, breaking) => {
  const world = await makeWorld();
  await loadDemo(
    world.orgId,
    { tickets: 20, messages: 60 },
    () => {},
    () => false,
  );
  expect((await recountDesk(world.orgId)).differences).toEqual([]);
  await change(breaking(world));
  const { differences } = await recountDesk(world.orgId);
  expect(differences.map((one) => one.what)).toContain(what);
});

it("ends as failed when a number is wrong", async () => {
  const world = await makeWorld();
  expect((await load(world, 2, 2))[EXIT_CODE]).toBeUndefined();
  await change(sql`update ticket_count set n = n + 1 where org_id = ${world.orgId}`);
  expect((await load(world, 1, 1))[EXIT_CODE]).toBe(1);
});

it("says what is wrong with the numbers it is given", async () => {
  const { handle } = await makeWorld();
  const loads = (...words: string[]) => runCommand(["demo:load", "--org", handle, ...words]);
  await expect(loads()).rejects.toThrow("--tickets is missing");
  await expect(loads("--tickets", "-1")).rejects.toThrow();
  await expect(loads("--tickets", "1.5")).rejects.toThrow("whole number");
  await expect(loads("--tickets", "5", "--messages", "4")).rejects.toThrow("at least one each");
});
