import { expect, it, vi } from "vitest";
import {
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { listFeed } from "./list-feed.server";

withProduct();

type Told = { id: string; state: string; rev: number; text?: string };

/** All that a reader is told after a place, page after page, and the place reached. */
async function readOn(world: World, actor: World["admin"], from: string, limit = 50) {
  const told: Told[] = [];
  for (let after = from; ; ) {
    const { entries, nextCursor } = await listFeed(actor, world.orgId, { after, limit });
    for (const { ticket, rev } of entries)
      told.push({ id: ticket.id, state: ticket.state, rev, text: ticket.last_message?.text });
    if (nextCursor === after) return { told, place: after };
    after = nextCursor;
  }
}

/** The same once so many are told: the feed waits for whatever is being written anywhere on the server. */
const readTo = (count: number, ...asked: Parameters<typeof readOn>) =>
  vi.waitFor(
    async () => {
      const read = await readOn(...asked);
      expect(read.told).toHaveLength(count);
      return read;
    },
    { timeout: 20_000 },
  );

it("tells what changed after a place, each ticket as it is now, and nothing twice", async () => {
  const world = await makeWorld();
  const { place } = await readOn(world, world.admin, "now");
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const { id } = await ticketOf(world, rosa.conversationId);
  await claimTicket(world.agent, id);
  await memberWrites(world.agent, rosa.conversationId, "¿en qué ayudo?");
  const first = await readTo(1, world, world.admin, place);
  expect(first.told).toMatchObject([{ id, state: "open", text: "¿en qué ayudo?" }]);
  expect((await readOn(world, world.admin, first.place)).told).toEqual([]);
  await updateTicket(world.agent, id, { state: "closed" });
  const second = await readTo(1, world, world.admin, first.place);
  expect(second.told).toMatchObject([{ id, state: "closed" }]);
  expect(second.told[0]?.rev).toBeGreaterThan(first.told[0]?.rev ?? 0);
  expect((await readOn(world, world.admin, "0")).told).toEqual(second.told);
});

it("tells a member of what the member sees, and an organisation of its own (TA3, TA14)", async () => {
  const [world, foreign] = [await makeWorld(), await makeWorld()];
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const { id } = await ticketOf(world, rosa.conversationId);
  const seen = async (by: World, actor: World["admin"]) => (await readOn(by, actor, "0")).told.map((one) => one.id);
  expect((await readTo(1, world, world.agent, "0")).told[0]?.id).toBe(id);
  expect(await seen(world, world.other)).toEqual([]);
  expect(await seen(foreign, foreign.admin)).toEqual([]);
  await expect(listFeed(foreign.admin, world.orgId, { after: "0", limit: 50 })).rejects.toMatchObject({ status: 404 });
});

it("comes in pages that leave nothing out", async () => {
  const world = await makeWorld();
  const ids: string[] = [];
  for (let i = 0; i < 5; i++) {
    const customer = await makeCustomer(world);
    await customer.writes("hola");
    ids.push((await ticketOf(world, customer.conversationId)).id);
  }
  const { told } = await readTo(5, world, world.admin, "0", 2);
  expect(told.map((one) => one.id)).toEqual(ids);
  for (const after of ["x", "1", "1.2.3", "-1.0"]) {
    await expect(listFeed(world.admin, world.orgId, { after, limit: 2 })).rejects.toMatchObject({
      code: "cursor_invalid",
    });
  }
});
