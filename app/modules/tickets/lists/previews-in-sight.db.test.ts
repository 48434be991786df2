import { expect, it } from "vitest";
import { listChats } from "~/modules/chats/index.server";
import { newId } from "~/platform/ids";
import { makeDirect, says } from "../../../../tests/support/accounts/chats";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  withProduct,
} from "../../../../tests/support/world";
import {
  claimTicket,
  listAccountChats,
  listTickets,
  markOwn,
  openAccountConversation,
  sendMessage,
  takeBack,
} from "../index.server";

withProduct();

it("a ticket's row shows the last words that its reader has not hidden, and nothing of what was taken back", async () => {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  const second = await rosa.writes("¿están?");
  const third = await rosa.writes("me equivoqué");
  const shown = async (actor: typeof world.agent) =>
    (await listTickets(actor, world.orgId, {}, { limit: 10 })).tickets[0]?.last_message?.text;
  await markOwn(world.agent, third.id, { hidden: true });
  expect([await shown(world.agent), await shown(world.admin)]).toEqual(["¿están?", "me equivoqué"]);
  await takeBack(rosa.guest, second.id);
  expect(await shown(world.agent)).toBe("");
  await markOwn(world.agent, third.id, { hidden: false });
  expect(await shown(world.agent)).toBe("me equivoqué");
});

it("so do the rows of chats with people and with organisations, and what is hidden or gone is not unread", async () => {
  const { ana, beto, id } = await makeDirect();
  const gone = await says(ana, id, "perdón");
  await takeBack(ana, gone.id);
  expect((await listChats(beto)).find((chat) => chat.id === id)?.last?.text).toBe("hola");

  const world = await makeWorld();
  const eva = await makeAccount("Eva");
  const conversationId = await openAccountConversation(eva, world.handle);
  await sendMessage(eva, { conversationId, clientId: newId(), text: "hola", visibility: "public" });
  await claimTicket(world.agent, (await ticketOf(world, conversationId)).id);
  const first = await memberWrites(world.agent, conversationId, "buenas");
  const second = await memberWrites(world.agent, conversationId, "¿qué necesita?");
  const row = async () => (await listAccountChats(eva)).find((chat) => chat.conversation_id === conversationId);
  expect(await row()).toMatchObject({ last_text: "¿qué necesita?", unread: 2 });
  await markOwn(eva, second.id, { hidden: true });
  expect(await row()).toMatchObject({ last_text: "buenas", unread: 1 });
  await takeBack(world.agent, first.id);
  expect(await row()).toMatchObject({ last_text: "hola", unread: 0 });
});
