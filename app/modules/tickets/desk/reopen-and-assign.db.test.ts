import { expect, it } from "vitest";
import { makeCustomer, makeWorld, ticketOf, withProduct } from "../../../../tests/support/world";
import { claimTicket, updateTicket } from "./update-ticket.server";

withProduct();

it("an admin opens a closed ticket again and gives it to an agent in one step", async () => {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const { id } = await ticketOf(world, rosa.conversationId);
  await claimTicket(world.admin, id);
  await updateTicket(world.admin, id, { state: "closed" });
  const agent = world.memberId(world.agent);
  await updateTicket(world.admin, id, { state: "open", assigneeId: agent, priority: "high" });
  expect(await ticketOf(world, rosa.conversationId)).toMatchObject({
    state: "open",
    assignee: { id: agent },
    priority: "high",
  });
});
