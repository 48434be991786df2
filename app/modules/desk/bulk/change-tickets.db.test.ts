import { beforeEach, describe, expect, it } from "vitest";
import { ticketsName } from "~/modules/messaging";
import { applyToTickets, TICKET_VIEWS, type TicketSummary } from "~/modules/tickets";
import { claimTicket, getTicket, joinTopic, listTickets, updateTicket } from "~/modules/tickets/index.server";
import { newId } from "~/platform/ids";
import { withFrames } from "../../../../tests/support/hub/frames";
import { makeCustomer, makeWorld, ticketOf, type World, withProduct } from "../../../../tests/support/world";
import type { BulkPatch } from "./bulk-patch";
import { changeTickets, undoChanges } from "./change-tickets.server";

withProduct();
const { hear, forget } = withFrames();

let world: World;
let ids: string[];
beforeEach(async () => {
  world = await makeWorld();
  ids = [];
  for (const name of ["Rosa", "Tito", "Juan"]) {
    const customer = await makeCustomer(world, name);
    await customer.writes("hola");
    ids.push((await ticketOf(world, customer.conversationId)).id);
  }
});

const at = (id = "") => getTicket(world.admin, id);
const standing = async (id = "") => {
  const { state, area, assignee, priority, tags, snoozed_until, waiting_on, close_reason } = await at(id);
  return {
    state,
    area: area.id,
    assignee: assignee?.id ?? null,
    priority,
    tags,
    snoozed_until,
    waiting_on,
    close_reason,
  };
};
const undosOf = (result: Awaited<ReturnType<typeof changeTickets>>) =>
  result.done.flatMap(({ id, version, undo }) => (undo ? [{ id, version, patch: undo }] : []));

describe("many tickets changed at once", () => {
  it("changes those that the member may change, and says why of the others", async () => {
    await claimTicket(world.agent, ids[0] ?? "");
    await claimTicket(world.admin, ids[1] ?? "");
    const other = await makeWorld();
    const foreign = await makeCustomer(other);
    await foreign.writes("hola");
    const theirs = (await ticketOf(other, foreign.conversationId)).id;
    const nobody = newId();
    const result = await changeTickets(world.agent, world.orgId, [...ids, ids[0] ?? "", theirs, nobody], {
      priority: "urgent",
      addTags: ["vip"],
    });
    expect(result.done.map(({ id }) => id)).toEqual([ids[0]]);
    expect(result.refused.map(({ id, code }) => [id, code])).toEqual([
      [ids[1], "forbidden"],
      [ids[2], "forbidden"],
      [theirs, "not_found"],
      [nobody, "not_found"],
    ]);
    expect(result.refused.map(({ number }) => number)).toEqual([2, 3, null, null]);
    expect(await at(ids[0])).toMatchObject({ priority: "urgent", tags: ["vip"] });
    expect(await at(ids[1])).toMatchObject({ priority: "normal", tags: [] });
  });

  it("takes no more than two hundred, nothing empty, and nobody of another organisation", async () => {
    const many = Array.from({ length: 201 }, () => newId());
    await expect(changeTickets(world.admin, world.orgId, ids, {})).rejects.toThrow("nothing_to_change");
    await expect(changeTickets(world.admin, world.orgId, many, { priority: "low" })).rejects.toThrow(
      "too_many_tickets",
    );
    const other = await makeWorld();
    await expect(changeTickets(other.admin, world.orgId, ids, { priority: "low" })).rejects.toThrow("not_found");
  });

  const later = new Date(Date.now() + 3_600_000).toISOString();
  it.each<[string, (w: World) => BulkPatch]>([
    ["an assignment", (w) => ({ assigneeId: w.memberId(w.agent) })],
    ["another area", (w) => ({ areaId: w.areas.support })],
    ["another area and its agent", (w) => ({ areaId: w.areas.support, assigneeId: w.memberId(w.other) })],
    ["tags", () => ({ addTags: ["vip", "ya"], removeTags: ["viejo"] })],
    ["a priority", () => ({ priority: "high" })],
    ["a snooze", () => ({ snoozedUntil: later })],
    ["a closing", () => ({ state: "closed", reason: "solved" })],
  ])("takes %s back, to how each stood", async (_, patchOf) => {
    await updateTicket(world.admin, ids[0] ?? "", { assigneeId: world.memberId(world.agent), tags: ["viejo", "ya"] });
    const before = await Promise.all(ids.map(standing));
    const result = await changeTickets(world.admin, world.orgId, ids, patchOf(world));
    expect([result.done.length, result.refused]).toEqual([3, []]);
    expect(await Promise.all(ids.map(standing))).not.toEqual(before);
    const undone = await undoChanges(world.admin, world.orgId, undosOf(result));
    expect(undone.refused).toEqual([]);
    const after = await Promise.all(ids.map(standing));
    expect(after.map(({ tags, ...rest }) => ({ ...rest, tags: [...tags].sort() }))).toEqual(
      before.map(({ tags, ...rest }) => ({ ...rest, tags: [...tags].sort() })),
    );
  });

  it("does not take back what a colleague changed since", async () => {
    const result = await changeTickets(world.admin, world.orgId, ids, { priority: "high" });
    await updateTicket(world.admin, ids[1] ?? "", { priority: "low" });
    const undone = await undoChanges(world.admin, world.orgId, undosOf(result));
    expect(undone.done.map(({ id }) => id)).toEqual([ids[0], ids[2]]);
    expect(undone.refused).toEqual([{ id: ids[1], number: 2, code: "version_conflict" }]);
    expect((await at(ids[1])).priority).toBe("low");
  });

  it("stands on every screen without loading anew (pitfall 37)", async () => {
    const listOf = async (view: (typeof TICKET_VIEWS)[number]): Promise<readonly TicketSummary[]> =>
      (await listTickets(world.agent, world.orgId, { view }, { limit: 100 })).tickets;
    const before = await Promise.all(TICKET_VIEWS.map(listOf));
    const frames = hear();
    await changeTickets(world.admin, world.orgId, ids.slice(0, 2), {
      assigneeId: world.memberId(world.agent),
      addTags: ["vip"],
    });
    await changeTickets(world.admin, world.orgId, ids.slice(1), { snoozedUntil: later, priority: "urgent" });
    await changeTickets(world.admin, world.orgId, ids.slice(2), { areaId: world.areas.support });
    forget();
    const { topics: joined } = await joinTopic(world.agent, ticketsName(world.orgId));
    const [reader] = world.agent.memberships;
    if (!reader) throw new Error("no member");
    for (const [place, view] of TICKET_VIEWS.entries()) {
      let list = before[place] ?? [];
      for (const frame of frames) if (joined.includes(frame.topic)) list = applyToTickets(list, frame, view, reader);
      const plain = (all: readonly TicketSummary[]) => all.map(({ id, version, tags }) => ({ id, version, tags }));
      expect(plain(list), view).toEqual(plain(await listOf(view)));
    }
  });
});
