import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { undoClose } from "./undo-close.server";
import { claimTicket, updateTicket } from "./update-ticket.server";

withProduct();

const rowOf = async (id: string) => {
  const { rows } = await asSystem("test", (tx) => tx.execute(sql`select * from ticket where id = ${id}`));
  return rows[0] as Record<string, unknown>;
};
const linesOf = async (id: string) => {
  const { rows } = await asSystem("test", (tx) =>
    tx.execute<{ kind: string; reason: string | null }>(
      sql`select kind, reason from ticket_event where ticket_id = ${id} order by id`,
    ),
  );
  return rows.map(({ kind, reason }) => (reason ? `${kind} ${reason}` : kind));
};

/** A ticket that its agent answered: it waits for the customer, and sleeps until tomorrow. */
async function answered() {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const { id } = await ticketOf(world, rosa.conversationId);
  await claimTicket(world.agent, id);
  await memberWrites(world.agent, rosa.conversationId, "¿en qué te ayudo?");
  await updateTicket(world.agent, id, { snoozedUntil: new Date(Date.now() + 86_400_000) });
  return { world, rosa, id };
}

it("puts a ticket back exactly as it was, but for its version and two lines of history", async () => {
  const { world, id } = await answered();
  const before = await rowOf(id);
  expect(before).toMatchObject({ waiting_on: "customer", reopen_count: 0 });
  await updateTicket(world.agent, id, { state: "closed", reason: "solved" });
  expect(await undoClose(world.agent, id)).toMatchObject({ state: "open", waiting_on: "customer" });
  expect(await rowOf(id)).toEqual({ ...before, version: Number(before.version) + 2 });
  expect((await linesOf(id)).slice(-2)).toEqual(["closed solved", "reopened undone"]);
  // Pressed twice, it changes nothing more.
  await undoClose(world.agent, id);
  expect(await rowOf(id)).toEqual({ ...before, version: Number(before.version) + 2 });
});

it("is an ordinary reopening where something happened since, or much time went by", async () => {
  const thanked = await answered();
  await updateTicket(thanked.world.agent, thanked.id, { state: "closed" });
  await thanked.rosa.writes("gracias");
  await undoClose(thanked.world.agent, thanked.id);
  const late = await answered();
  await updateTicket(late.world.agent, late.id, { state: "closed" });
  await asSystem("test", (tx) =>
    tx.execute(
      sql`update ticket_event set created_at = created_at - interval '2 minutes' where ticket_id = ${late.id}`,
    ),
  );
  await undoClose(late.world.agent, late.id);
  for (const { id, world } of [thanked, late])
    expect(await rowOf(id)).toMatchObject({
      state: "open",
      waiting_on: "agent",
      reopen_count: 1,
      assignee_id: world.memberId(world.agent),
    });
});

it("is nobody else's closing that is taken back: a colleague reopens it for themselves", async () => {
  const { world, id } = await answered();
  await updateTicket(world.agent, id, { state: "closed" });
  await undoClose(world.admin, id);
  expect(await rowOf(id)).toMatchObject({ reopen_count: 1, assignee_id: world.memberId(world.admin) });
  await expect(undoClose(world.other, id)).rejects.toMatchObject({ code: "not_found" });
});
