import { expect, it } from "vitest";
import type { Actor } from "~/modules/accounts";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { claimTicket } from "../desk/update-ticket.server";
import { getThread, listConversationMessages } from "./read-conversation.server";

withProduct();

/** Seven messages, of which the fourth is a note for colleagues. */
async function scene() {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("1");
  await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
  for (const text of ["2", "3"]) await rosa.writes(text);
  await memberWrites(world.agent, rosa.conversationId, "4", { visibility: "staff" });
  for (const text of ["5", "6", "7"]) await rosa.writes(text);
  const page = async (actor: Actor, asked: Parameters<typeof listConversationMessages>[2]) => {
    const { messages, more, more_after } = await listConversationMessages(actor, rosa.conversationId, asked);
    return [messages.map((m) => m.text).join(""), more, more_after];
  };
  return { world, rosa, page };
}

it("pages tell on both sides whether there is more, as each reader sees it", async () => {
  const { world, rosa, page } = await scene();
  const { agent } = world;
  expect(await page(agent, { limit: 3 })).toEqual(["567", true, false]);
  expect(await page(agent, { beforeSeq: 4, limit: 2 })).toEqual(["23", true, true]);
  expect(await page(agent, { beforeSeq: 4, limit: 3 })).toEqual(["123", false, true]);
  expect(await page(agent, { beforeSeq: 8, limit: 2 })).toEqual(["67", true, false]);
  expect(await page(agent, { afterSeq: 0, limit: 7 })).toEqual(["1234567", false, false]);
  expect(await page(agent, { afterSeq: 2, limit: 2 })).toEqual(["34", true, true]);
  expect(await page(agent, { afterSeq: 7, limit: 2 })).toEqual(["", true, false]);
  expect(await page(rosa.guest, { afterSeq: 2, limit: 2 })).toEqual(["35", true, true]);
  expect(await getThread(agent, rosa.conversationId)).toMatchObject({ more: false, more_after: false });
});

it("a page around a place holds that message, with what came before and after", async () => {
  const { world, rosa, page } = await scene();
  const { agent } = world;
  expect(await page(agent, { aroundSeq: 4, limit: 4 })).toEqual(["2345", true, true]);
  expect(await page(agent, { aroundSeq: 4, limit: 100 })).toEqual(["1234567", false, false]);
  expect(await page(agent, { aroundSeq: 1, limit: 4 })).toEqual(["12", false, true]);
  expect(await page(agent, { aroundSeq: 7, limit: 1 })).toEqual(["7", true, false]);
  // The place of what one may not see is as a place of nothing.
  expect(await page(rosa.guest, { aroundSeq: 4, limit: 4 })).toEqual(["2356", true, true]);
});

it("single messages come by their ids, and a note to nobody but the team", async () => {
  const { world, rosa } = await scene();
  const ids = (await getThread(world.agent, rosa.conversationId)).messages.map((one) => one.id);
  const asked = { ids: [ids[5]!, ids[3]!, ids[0]!], limit: 60 };
  const texts = async (actor: Actor) =>
    (await listConversationMessages(actor, rosa.conversationId, asked)).messages.map((one) => one.text);
  expect(await texts(world.agent)).toEqual(["1", "4", "6"]);
  expect(await texts(rosa.guest)).toEqual(["1", "6"]);
});
