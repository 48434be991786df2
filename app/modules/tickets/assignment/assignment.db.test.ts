import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { asSystem, database } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { AssignmentMode } from "~db/schema/accounts";
import { goes } from "../../../../tests/support/accounts/availability";
import { rows } from "../../../../tests/support/data/rows";
import { runQuery } from "../../../../tests/support/postgres-query";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { assignWaiting } from "./assign-waiting.server";
import { returnTickets } from "./return-tickets.server";

withProduct();

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});

const jobs = (which: string) => runQuery(database().url, `select key from graphile_worker.jobs where ${which}`);

/** How Ventas gives tickets out, and the most an agent is given. */
const assigns = (assignment: AssignmentMode, cap = 8) =>
  asSystem("test", (tx) =>
    tx.update(schema.area).set({ assignment, cap }).where(eq(schema.area.id, world.areas.sales)),
  );

/** An agent of Ventas who is there. */
async function hire(name: string): Promise<AccountActor> {
  const actor = await makeAccount(name);
  const memberId = newId();
  const { orgId } = world;
  const areaIds = [world.areas.sales];
  await asSystem("test", async (tx) => {
    await tx.insert(schema.member).values({ id: memberId, orgId, accountId: actor.accountId, role: "agent" });
    await tx.insert(schema.areaMember).values({ orgId, areaId: world.areas.sales, memberId });
  });
  return { ...actor, memberships: [{ orgId, memberId, role: "agent", areaIds }] };
}

async function writes(name: string) {
  const customer = await makeCustomer(world, name);
  await customer.writes("hola");
  return { ...customer, ticket: await ticketOf(world, customer.conversationId) };
}

const notices = (ticketId: string) =>
  rows<{ kind: string; name: string; by: string; reason: string | null }>(sql`
    select n.kind, a.name, n.by_name as by, n.reason from notice n join member m on m.id = n.member_id
      join account a on a.id = m.account_id where n.ticket_id = ${ticketId} order by n.id, a.name`);

const history = (ticketId: string) =>
  rows<{ kind: string; by: string; reason: string | null }>(sql`
    select kind, actor_kind as by, reason from ticket_event where ticket_id = ${ticketId} order by id`);

describe("a ticket that comes into a queue (R12)", () => {
  it("of an area that assigns by hand waits, and whoever is there is told; if nobody is, all are; if there is nobody, the admins", async () => {
    const first = await writes("Rosa");
    expect(first.ticket.assignee).toBeNull();
    const queued = { kind: "queued", by: "Rosa", reason: null };
    expect(await notices(first.ticket.id)).toEqual([
      { ...queued, name: "Ana" },
      { ...queued, name: "Bruno" },
    ]);
    await goes(world, world.admin, "away");
    expect((await notices((await writes("Nilda")).ticket.id)).map(({ name }) => name)).toEqual(["Bruno"]);
    await goes(world, world.agent, "away");
    expect((await notices((await writes("Olga")).ticket.id)).map(({ name }) => name)).toEqual(["Ana", "Bruno"]);
    await rows(sql`delete from area_member where area_id = ${world.areas.sales}`);
    expect((await notices((await writes("Paula")).ticket.id)).map(({ name }) => name)).toEqual(["Ana"]);
  });

  it("is given in turn, to those who are there, and only the one who got it is told", async () => {
    await assigns("round_robin");
    await goes(world, world.admin, "away");
    const dora = await hire("Dora");
    const given = [];
    for (const name of ["a", "b", "c", "d"]) given.push((await writes(name)).ticket);
    const who = given.map(({ assignee }) => assignee?.name);
    expect(who.slice(0, 2).sort()).toEqual(["Bruno", "Dora"]);
    expect(who.slice(2)).toEqual(who.slice(0, 2));
    const [one] = given;
    expect(await history(one?.id ?? "")).toEqual([
      { kind: "opened", by: "customer", reason: null },
      { kind: "assigned", by: "system", reason: "round_robin" },
    ]);
    expect(await notices(one?.id ?? "")).toEqual([{ kind: "assigned", name: who[0], by: "", reason: "round_robin" }]);
    expect(dora.memberships).toHaveLength(1);
  });

  it("goes to who has the least that waits, and to the contact's agent of lately before all", async () => {
    await assigns("least_loaded");
    await goes(world, world.admin, "away");
    const dora = await hire("Dora");
    const rosa = await writes("Rosa");
    await updateTicket(world.admin, rosa.ticket.id, { assigneeId: world.memberId(dora) });
    expect((await writes("Nilda")).ticket.assignee?.name).toBe("Bruno");
    await memberWrites(dora, rosa.conversationId, "listo");
    await updateTicket(dora, rosa.ticket.id, { state: "closed" });
    await rows(sql`update ticket set closed_at = closed_at - interval '3 days' where id = ${rosa.ticket.id}`);
    // Dora has nothing and Bruno one: by load it would be hers anyhow, so that she gets two more first.
    for (const name of ["b", "c"]) {
      const { ticket } = await writes(name);
      await updateTicket(world.admin, ticket.id, { assigneeId: world.memberId(dora) });
    }
    await rosa.writes("otra vez yo");
    const again = await ticketOf(world, rosa.conversationId);
    expect([again.number > 1, again.assignee?.name]).toEqual([true, "Dora"]);
    expect((await history(again.id)).at(-1)).toEqual({ kind: "assigned", by: "system", reason: "sticky" });
  });

  it("50 at once never give anybody more than the cap, nor one ticket twice, and all turns are even (R12)", async () => {
    await assigns("round_robin", 7);
    await goes(world, world.admin, "away");
    for (const name of ["Dora", "Elsa", "Fito"]) await hire(name);
    const customers = await Promise.all(Array.from({ length: 50 }, (_, i) => makeCustomer(world, `c${i}`)));
    await Promise.all(customers.map((customer) => customer.writes("hola")));
    const held = await rows<{ n: number }>(
      sql`select count(*)::int as n from ticket where org_id = ${world.orgId} and assignee_id is not null group by assignee_id`,
    );
    expect(held.map(({ n }) => n)).toEqual([7, 7, 7, 7]);
    const [lines] = await rows(sql`
      select count(*)::int as lines, count(distinct ticket_id)::int as tickets from ticket_event
      where org_id = ${world.orgId} and kind = 'assigned'`);
    expect(lines).toEqual({ lines: 28, tickets: 28 });
    const waiting = await rows<{ told: number }>(sql`
      select sum(1 + others)::int as told from notice
      where org_id = ${world.orgId} and kind = 'queued' group by member_id`);
    expect(new Set(waiting.map(({ told }) => told))).toEqual(new Set([22]));
  });
});

describe("what waits is given out", () => {
  it("by urgency and then by age when somebody is there again, those at the front first", async () => {
    await assigns("round_robin", 2);
    await goes(world, world.admin, "away");
    await goes(world, world.agent, "away");
    const [old, high, front] = [await writes("vieja"), await writes("alta"), await writes("frente")];
    await updateTicket(world.admin, high.ticket.id, { priority: "high" });
    await rows(sql`update ticket set queue_front = true where id = ${front.ticket.id}`);
    await goes(world, world.agent, "available");
    await Promise.all([assignWaiting(world.orgId), assignWaiting(world.orgId)]);
    const assignees = await Promise.all([front, high, old].map((one) => ticketOf(world, one.conversationId)));
    expect(assignees.map(({ assignee }) => assignee?.name)).toEqual(["Bruno", "Bruno", undefined]);
    // Room is made by closing: a job is left that fills it, and nobody who comes later is served before.
    await updateTicket(world.agent, front.ticket.id, { state: "closed" });
    expect((await writes("nueva")).ticket.assignee).toBeNull();
    expect(await jobs(`key = 'assign:${world.orgId}'`)).toHaveLength(1);
    await assignWaiting(world.orgId);
    expect((await ticketOf(world, old.conversationId)).assignee?.name).toBe("Bruno");
  });

  it("never back to whom it came from, until a person replies or gives it by hand", async () => {
    await assigns("round_robin");
    await goes(world, world.admin, "away");
    const { ticket, conversationId } = await writes("Rosa");
    expect(ticket.assignee?.name).toBe("Bruno");
    await updateTicket(world.agent, ticket.id, { assigneeId: null });
    await assignWaiting(world.orgId);
    expect((await ticketOf(world, conversationId)).assignee).toBeNull();
    const dora = await hire("Dora");
    await assignWaiting(world.orgId);
    expect((await ticketOf(world, conversationId)).assignee?.name).toBe("Dora");
    await memberWrites(dora, conversationId, "hola, soy Dora");
    expect(await rows(sql`select skip_member_ids as skip from ticket where id = ${ticket.id}`)).toEqual([{ skip: [] }]);
  });

  it("of a member who left, and of one who goes away and gives back what waits", async () => {
    const [waits, answered] = [await writes("Rosa"), await writes("Nilda")];
    for (const { ticket } of [waits, answered]) await claimTicket(world.agent, ticket.id);
    await memberWrites(world.agent, answered.conversationId, "¿algo más?");
    await goes(world, world.agent, "away", "return");
    expect(await jobs("task_identifier = 'return-tickets'")).toHaveLength(1);
    await returnTickets(world.orgId, world.memberId(world.agent), "went_away");
    expect((await ticketOf(world, waits.conversationId)).assignee).toBeNull();
    expect((await ticketOf(world, answered.conversationId)).assignee?.name).toBe("Bruno");
    expect((await notices(waits.ticket.id)).at(-1)).toEqual({
      kind: "returned",
      name: "Ana",
      by: "",
      reason: "went_away",
    });
    await assigns("least_loaded");
    await assignWaiting(world.orgId);
    expect((await ticketOf(world, waits.conversationId)).assignee?.name).toBe("Ana");
    await asSystem("test", (tx) =>
      tx
        .update(schema.member)
        .set({ removedAt: new Date() })
        .where(and(eq(schema.member.orgId, world.orgId), eq(schema.member.id, world.memberId(world.agent)))),
    );
    await returnTickets(world.orgId, world.memberId(world.agent));
    expect((await ticketOf(world, answered.conversationId)).assignee?.name).toBe("Ana");
  });
});
