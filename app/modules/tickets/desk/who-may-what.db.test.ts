import { and, eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import type { ReplyMode } from "~db/schema/accounts";
import {
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { getTicketDesk } from "../reading/get-ticket-desk.server";
import { claimTicket, type TicketPatch, updateTicket } from "./update-ticket.server";

withProduct();

let world: World;
let conversationId: string;
let id: string;
beforeEach(async () => {
  world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  conversationId = rosa.conversationId;
  id = (await ticketOf(world, conversationId)).id;
});

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );
const may = (who: "agent" | "other" | "admin", patch: TicketPatch) => codeOf(updateTicket(world[who], id, patch));
const joinSales = (memberId: string) =>
  asSystem("test", (tx) =>
    tx.insert(schema.areaMember).values({ orgId: world.orgId, areaId: world.areas.sales, memberId }),
  );
const answersBy = (replyMode: ReplyMode) =>
  asSystem("test", (tx) => tx.update(schema.area).set({ replyMode }).where(eq(schema.area.id, world.areas.sales)));

describe("who may do what (R11)", () => {
  it("an agent takes an unassigned ticket of their areas, and manages none before", async () => {
    expect(await may("agent", { tags: ["vip"] })).toBe("forbidden");
    expect(await may("agent", { state: "closed" })).toBe("forbidden");
    expect(await may("agent", { areaId: world.areas.support })).toBe("forbidden");
    expect(await may("agent", { assigneeId: world.memberId(world.admin) })).toBe("forbidden");
    expect(await codeOf(claimTicket(world.other, id))).toBe("not_found");
    expect(await codeOf(claimTicket(world.agent, id))).toBe("done");
    expect(await may("agent", { tags: ["vip"], priority: "high" })).toBe("done");
  });

  it("an agent gives their own to any agent of the same area, and to no other", async () => {
    await claimTicket(world.agent, id);
    const carla = {
      ...world.other,
      memberships: [{ ...membership(), areaIds: [world.areas.sales, world.areas.support] }],
    };
    expect(await may("agent", { assigneeId: world.memberId(world.other) })).toBe("assignee_not_in_area");
    await joinSales(world.memberId(world.other));
    expect(await may("agent", { assigneeId: world.memberId(world.other) })).toBe("done");
    expect(await may("agent", { assigneeId: world.memberId(world.agent) })).toBe("forbidden");
    expect(await codeOf(updateTicket(carla, id, { state: "closed" }))).toBe("done");
  });

  it("an agent sends their own to another area, and no longer sees it there", async () => {
    await claimTicket(world.agent, id);
    expect(await may("agent", { areaId: world.areas.support })).toBe("done");
    expect(await may("agent", { priority: "low" })).toBe("not_found");
    expect(await ticketOf(world, conversationId)).toMatchObject({ area: { name: "Soporte" }, assignee: null });
    const told = await asSystem("test", (tx) =>
      tx
        .select({ memberId: schema.notice.memberId, by: schema.notice.byName })
        .from(schema.notice)
        .where(and(eq(schema.notice.ticketId, id), eq(schema.notice.kind, "transferred"))),
    );
    // Pitfall 26: both of Soporte, so that it does not sink there.
    expect(new Set(told.map(({ memberId }) => memberId))).toEqual(
      new Set([world.memberId(world.admin), world.memberId(world.other)]),
    );
    expect(told.every(({ by }) => by === "Bruno")).toBe(true);
  });

  it("an admin manages any ticket and gives it to any agent", async () => {
    await claimTicket(world.agent, id);
    expect(await may("admin", { tags: ["vip"], priority: "urgent" })).toBe("done");
    expect(await may("admin", { assigneeId: world.memberId(world.other) })).toBe("done");
    // Whoever has it manages it, whatever their areas.
    expect(await may("other", { state: "closed" })).toBe("done");
    expect(await may("admin", { state: "open" })).toBe("done");
  });

  it("who sees it replies in a `claim` area and so takes it; in the others it is taken or given first", async () => {
    await answersBy("take_first");
    expect(await codeOf(memberWrites(world.agent, conversationId, "hola"))).toBe("take_first");
    expect(await codeOf(memberWrites(world.agent, conversationId, "nota", { visibility: "staff" }))).toBe("done");
    await answersBy("claim");
    expect(await codeOf(memberWrites(world.agent, conversationId, "hola"))).toBe("done");
    expect((await ticketOf(world, conversationId)).assignee?.name).toBe("Bruno");
    await answersBy("assignee_only");
    expect(await codeOf(memberWrites(world.admin, conversationId, "hola"))).toBe("take_first");
    expect(await codeOf(memberWrites(world.agent, conversationId, "sigo yo"))).toBe("done");
  });
});

const membership = () => world.other.memberships[0] ?? { orgId: "", memberId: "", role: "agent" as const, areaIds: [] };

describe("asking how it was (R2, R7)", () => {
  it("a digit within a day rates the closed ticket, opens nothing, and the last word counts", async () => {
    const rosa = await makeCustomer(world, "Rosa");
    await rosa.writes("hola");
    const ticket = await ticketOf(world, rosa.conversationId);
    await claimTicket(world.agent, ticket.id);
    expect(await codeOf(updateTicket(world.agent, ticket.id, { askRating: true }))).toBe("rating_needs_closing");
    await updateTicket(world.agent, ticket.id, { state: "closed", askRating: true });
    await rosa.writes("3 ★");
    await rosa.writes("5");
    const [row] = await asSystem("test", (tx) =>
      tx.select().from(schema.ticket).where(eq(schema.ticket.id, ticket.id)),
    );
    expect([row?.state, row?.rating, row?.reopenCount]).toEqual(["closed", 5, 0]);
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({
      rating: 5,
      rated_at: row?.ratedAt?.toISOString(),
    });
    const said = await asSystem("test", (tx) =>
      tx.select().from(schema.message).where(eq(schema.message.ticketId, ticket.id)).orderBy(schema.message.seq),
    );
    expect(said.map(({ authorKind, kind }) => `${authorKind} ${kind}`)).toEqual([
      "contact text",
      "system rating",
      "contact text",
      "contact text",
    ]);
    expect(said[1]?.payload?.choices).toHaveLength(5);
    await rosa.writes("sigue sin andar");
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({ id: ticket.id, state: "open", reopen_count: 1 });
  });

  it("is offered where the channel would carry the question, and not where it would refuse it", async () => {
    const offered = async () => (await getTicketDesk(world.agent, id)).asksRating;
    expect(await offered()).toBe(true);
    await claimTicket(world.agent, id);
    const { contact } = await ticketOf(world, conversationId);
    await asSystem("test", (tx) =>
      tx.update(schema.contact).set({ blockedAt: new Date() }).where(eq(schema.contact.id, contact.id)),
    );
    expect(await offered()).toBe(false);
    expect(await codeOf(updateTicket(world.agent, id, { state: "closed", askRating: true }))).toBe("reply_not_allowed");
  });
});
