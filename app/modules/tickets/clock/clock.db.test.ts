import { and, eq, sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { noteActivity, setIdleAway, writeActivity } from "~/modules/accounts/index.server";
import { lockConversation } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { rows } from "../../../../tests/support/data/rows";
import {
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { BY_SYSTEM } from "../assignment/give-ticket.server";
import { changeTicket } from "../desk/change-ticket.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { findLiveTicket } from "../reading/find-tickets.server";
import { ticketVerb } from "../ticket-context.server";
import { sweepDesk } from "./sweep-desk.server";

withProduct();

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});

async function queued(name = "Rosa") {
  const customer = await makeCustomer(world, name);
  await customer.writes("hola");
  return { ...customer, ticket: await ticketOf(world, customer.conversationId) };
}

const setSales = (values: Partial<typeof schema.area.$inferInsert>) =>
  asSystem("test", (tx) => tx.update(schema.area).set(values).where(eq(schema.area.id, world.areas.sales)));
const setOrganisation = (values: Partial<typeof schema.organisation.$inferInsert>) =>
  asSystem("test", (tx) => tx.update(schema.organisation).set(values).where(eq(schema.organisation.id, world.orgId)));

describe("the desk's clock", () => {
  it("tells who wrote outside of the hours the quick way, once, however many processes look (R14, pitfall 28)", async () => {
    const rosa = await queued();
    await claimTicket(world.agent, rosa.ticket.id);
    await setOrganisation({ hours: {}, hoursText: "Estamos cerrados." });
    await rosa.writes("¿están?");
    await Promise.all([sweepDesk(), sweepDesk()]);
    await rosa.writes("¿hola?");
    await sweepDesk();
    const told = await rows(sql`
      select author_kind as by, text from message where conversation_id = ${rosa.conversationId} and author_kind = 'system'`);
    expect(told).toEqual([{ by: "system", text: "Estamos cerrados." }]);
    expect((await ticketOf(world, rosa.conversationId)).waiting_on).toBe("agent");
  });

  it("says nothing of hours while a bot talks, nor within two hours of a person's reply (R14)", async () => {
    const rosa = await queued();
    await memberWrites(world.agent, rosa.conversationId, "hola");
    await setOrganisation({ hours: {}, hoursText: "Estamos cerrados." });
    await rosa.writes("gracias por responder");
    world = await makeWorld({ bot: true });
    await setOrganisation({ hours: {}, hoursText: "Estamos cerrados." });
    const nilda = await queued("Nilda");
    await sweepDesk();
    for (const { conversationId } of [rosa, nilda]) {
      expect(
        await rows(sql`select 1 from message where conversation_id = ${conversationId} and author_kind = 'system'`),
      ).toEqual([]);
    }
  });

  it("goes on through areas and never in a circle, and tells each area it comes to (R12)", async () => {
    const third = newId();
    const minutes = { overflowMinutes: 10 };
    await asSystem("test", async (tx) => {
      await tx.insert(schema.area).values({ id: third, orgId: world.orgId, name: "Mesa", position: 2 });
      const passes = (from: string, to: string) =>
        tx
          .update(schema.area)
          .set({ overflowAreaId: to, ...minutes })
          .where(eq(schema.area.id, from));
      await passes(world.areas.sales, world.areas.support);
      await passes(world.areas.support, third);
      await passes(third, world.areas.sales);
    });
    const { ticket } = await queued();
    const anHourPasses = () =>
      rows(sql`with t as (update ticket set queued_at = queued_at - interval '1 hour' where id = ${ticket.id})
        update ticket_event set created_at = created_at - interval '1 hour' where ticket_id = ${ticket.id}`);
    const been = [];
    for (let hour = 0; hour < 4; hour++) {
      await anHourPasses();
      await sweepDesk();
      const [at] = await rows<{ name: string }>(
        sql`select a.name from ticket t join area a on a.id = t.area_id where t.id = ${ticket.id}`,
      );
      been.push(at?.name);
      await sweepDesk();
    }
    expect(been).toEqual(["Soporte", "Mesa", "Mesa", "Mesa"]);
    const told = await rows<{ name: string; n: number }>(sql`
      select a.name, count(*)::int as n from notice n join member m on m.id = n.member_id join account a on a.id = m.account_id
      where n.ticket_id = ${ticket.id} and n.kind = 'overflowed' group by a.name order by a.name`);
    // In Mesa is nobody, so that the admin is told.
    expect(told).toEqual([
      { name: "Ana", n: 2 },
      { name: "Carla", n: 1 },
    ]);
  });

  it("closes what waits for its customer, not what waits for an agent, nor what sleeps (R7)", async () => {
    const [left, waits, sleeps] = [await queued("a"), await queued("b"), await queued("c")];
    for (const one of [left, waits, sleeps]) await memberWrites(world.agent, one.conversationId, "¿algo más?");
    await waits.writes("sí");
    await updateTicket(world.agent, sleeps.ticket.id, { snoozedUntil: new Date(Date.now() + 3600_000) });
    await rows(
      sql`update ticket set waiting_since = waiting_since - interval '25 hours' where org_id = ${world.orgId}`,
    );
    await sweepDesk();
    expect((await ticketOf(world, left.conversationId)).state).toBe("open");
    await setSales({ autoCloseHours: 24 });
    await Promise.all([sweepDesk(), sweepDesk()]);
    const states = await Promise.all([left, waits, sleeps].map((one) => ticketOf(world, one.conversationId)));
    expect(states.map(({ state, close_reason }) => [state, close_reason])).toEqual([
      ["closed", "auto_close"],
      ["open", null],
      ["open", null],
    ]);
  });

  it("gives back what a member who left still has, should that have been cut short (R13)", async () => {
    const { ticket, conversationId } = await queued();
    await claimTicket(world.agent, ticket.id);
    const left = world.memberId(world.agent);
    await asSystem("test", (tx) =>
      tx.update(schema.member).set({ removedAt: new Date() }).where(eq(schema.member.id, left)),
    );
    await sweepDesk();
    expect((await ticketOf(world, conversationId)).assignee).toBeNull();
  });
});

it("no verb makes a move that the table does not have, and the clock closes nothing that waits for an agent", async () => {
  const { ticket, conversationId } = await queued();
  const tries = (change: Parameters<typeof changeTicket>[3], event?: Parameters<typeof changeTicket>[4]) =>
    ticketVerb({ kind: "system" }, { orgId: world.orgId }, async (ctx) => {
      const conversation = await lockConversation(ctx, conversationId);
      const live = await findLiveTicket(ctx, conversationId);
      if (conversation && live) await changeTicket(ctx, conversation, live, change, event);
    });
  const refused = { code: "transition_not_allowed", status: 409 };
  const closed = { state: "closed", closedAt: new Date() } as const;
  await expect(tries(closed)).rejects.toMatchObject(refused);
  await expect(tries(closed, { kind: "closed", by: BY_SYSTEM })).rejects.toMatchObject(refused);
  await expect(tries({ state: "bot" }, { kind: "handed_over", by: BY_SYSTEM })).rejects.toMatchObject(refused);
  await expect(tries({ assigneeId: null }, { kind: "claimed", by: BY_SYSTEM })).rejects.toMatchObject(refused);
  expect(await ticketOf(world, conversationId)).toMatchObject({ id: ticket.id, state: "open", version: 1 });
});

it("who is not here for long is away by the clock, and back by the next deed, but not who went by hand", async () => {
  await setOrganisation({ autoAwayMinutes: 30 });
  const ids = { agent: world.memberId(world.agent), other: world.memberId(world.other) };
  const long = sql`now() - interval '31 minutes'`;
  await rows(sql`update member set active_at = ${long} where id in (${ids.agent}, ${ids.other})`);
  await rows(sql`update member set availability = 'away' where id = ${ids.other}`);
  const there = async (id: string) => {
    const [row] = await asSystem("test", (tx) =>
      tx
        .select()
        .from(schema.member)
        .where(and(eq(schema.member.orgId, world.orgId), eq(schema.member.id, id))),
    );
    return [row?.availability, row?.availabilityBy];
  };
  await setIdleAway();
  expect(await there(ids.agent)).toEqual(["away", "clock"]);
  expect(await there(world.memberId(world.admin))).toEqual(["available", "hand"]);
  // A program that acts for its member does not bring the person back.
  noteActivity({ ...world.agent, token: { id: newId(), scopes: ["*"] } });
  await writeActivity();
  expect(await there(ids.agent)).toEqual(["away", "clock"]);
  for (const actor of [world.agent, world.other]) noteActivity(actor);
  await writeActivity();
  expect(await there(ids.agent)).toEqual(["available", "hand"]);
  expect(await there(ids.other)).toEqual(["away", "hand"]);
  await setIdleAway();
  expect(await there(ids.agent)).toEqual(["available", "hand"]);
});
