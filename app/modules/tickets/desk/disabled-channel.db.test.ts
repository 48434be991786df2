import { beforeAll, expect, it } from "vitest";
import { disableChannel, listChannels } from "~/modules/channels/index.server";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { openGuestConversation } from "../inbound/open-customer-conversation.server";
import { claimTicket } from "./update-ticket.server";

withProduct();

let world: World;
let waiting: Customer;
let served: Customer;
beforeAll(async () => {
  world = await makeWorld();
  [waiting, served] = [await makeCustomer(world), await makeCustomer(world)];
  for (const customer of [waiting, served]) await customer.writes("hola");
  await claimTicket(world.agent, (await ticketOf(world, served.conversationId)).id);
  const web = (await listChannels(world.admin, world.orgId)).find(({ kind }) => kind === "web");
  await disableChannel(world.admin, world.orgId, web?.id ?? "");
});

it("takes no more of its customers' words, by neither way of a message, and keeps what was said", async () => {
  for (const customer of [waiting, served]) {
    await expect(customer.writes("¿siguen ahí?")).rejects.toMatchObject({ status: 422, code: "channel_disabled" });
    expect(await ticketOf(world, customer.conversationId)).toMatchObject({
      state: "open",
      last_message: { text: "hola" },
    });
  }
  await expect(openGuestConversation(world.handle, {})).rejects.toMatchObject({ status: 404 });
});

it("carries no answer, while colleagues may still leave notes", async () => {
  await expect(memberWrites(world.agent, served.conversationId, "ya no")).rejects.toMatchObject({
    code: "reply_not_allowed",
  });
  const note = await memberWrites(world.agent, served.conversationId, "cerrado", { visibility: "staff" });
  expect(note.visibility).toBe("staff");
});
