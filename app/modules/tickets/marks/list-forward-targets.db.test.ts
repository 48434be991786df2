import { expect, it } from "vitest";
import { newId } from "~/platform/ids";
import { makeGroup } from "../../../../tests/support/accounts/chats";
import { makeCustomer, makeWorld, ticketOf, withProduct } from "../../../../tests/support/world";
import { claimTicket, listForwardTargets } from "../index.server";

withProduct();

it("are one's own chats and tickets, and nobody else's", async () => {
  const { ana, caro } = await makeGroup();
  expect((await listForwardTargets(ana)).length).toBe(3);
  expect((await listForwardTargets(caro)).every(({ title }) => !title.startsWith("#"))).toBe(true);

  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const ticket = await ticketOf(world, rosa.conversationId);
  expect(await listForwardTargets(world.admin)).toEqual([]);
  await claimTicket(world.admin, ticket.id);
  const [target, ...others] = await listForwardTargets(world.admin);
  expect(others).toEqual([]);
  expect(target).toMatchObject({ id: rosa.conversationId, title: `#${ticket.number} Rosa` });
  const token = { ...world.admin, token: { id: newId(), scopes: ["bots:write"] } };
  await expect(listForwardTargets(token)).rejects.toMatchObject({ code: "missing_scope" });
});
