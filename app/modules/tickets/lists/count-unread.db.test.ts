import { beforeEach, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { createGroup, removeFromGroup, setChatPreferences } from "~/modules/chats/index.server";
import { newId } from "~/platform/ids";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import {
  claimTicket,
  countUnread,
  markOwn,
  markRead,
  openAccountConversation,
  sendMessage,
  updateTicket,
} from "../index.server";

withProduct();

let world: World;
beforeEach(async () => {
  world = await makeWorld();
});
const says = (actor: AccountActor, conversationId: string, text: string) =>
  sendMessage(actor, { conversationId, clientId: newId(), text, visibility: "public" });
const chatsOf = async (actor: AccountActor) => (await countUnread(actor, world.orgId)).chats;
const ticketsOf = async (actor: AccountActor) => (await countUnread(actor, world.orgId)).tickets;

describe("what there is to read", () => {
  it("is each chat with others' words, once, until they are read, hidden, muted or put away", async () => {
    const group = await createGroup(world.admin, {
      title: "Depósito",
      orgId: world.orgId,
      accountIds: [world.agent.accountId],
    });
    await markRead(world.agent, group, 99);
    expect(await chatsOf(world.agent)).toBe(0);
    await says(world.agent, group, "mío");
    expect(await chatsOf(world.agent)).toBe(0);
    const [one, two] = [await says(world.admin, group, "una"), await says(world.admin, group, "dos")];
    expect(await chatsOf(world.agent)).toBe(1);
    await setChatPreferences(world.agent, group, { mutedUntil: new Date(Date.now() + 60_000) });
    expect(await chatsOf(world.agent)).toBe(0);
    await setChatPreferences(world.agent, group, { mutedUntil: null, archived: true });
    expect(await chatsOf(world.agent)).toBe(0);
    await setChatPreferences(world.agent, group, { archived: false });
    for (const { row } of [one, two]) await markOwn(world.agent, row.id, { hidden: true });
    expect(await chatsOf(world.agent)).toBe(0);
    await says(world.admin, group, "tres");
    expect(await chatsOf(world.agent)).toBe(1);
    await removeFromGroup(world.admin, group, world.agent.accountId);
    expect(await chatsOf(world.agent)).toBe(0);
  });

  it("is what an organisation said to its customer, and no note of its people", async () => {
    const rita = await makeAccount("Rita");
    const conversation = await openAccountConversation(rita, world.handle);
    await says(rita, conversation, "hola");
    await memberWrites(world.admin, conversation, "ojo con ella", { visibility: "staff" });
    expect(await countUnread(rita, null)).toEqual({ chats: 0, tickets: 0, notices: 0 });
    await memberWrites(world.admin, conversation, "hola Rita");
    expect(await countUnread(rita, null)).toEqual({ chats: 1, tickets: 0, notices: 0 });
  });

  it("is each of one's own open tickets in which the customer spoke last, as far as one sees them", async () => {
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    expect(await ticketsOf(world.agent)).toBe(0);
    await claimTicket(world.agent, id);
    expect(await ticketsOf(world.agent)).toBe(1);
    expect(await ticketsOf(world.other)).toBe(0);
    expect((await countUnread(world.agent, null)).tickets).toBe(0);
    await memberWrites(world.agent, rosa.conversationId, "buenas");
    expect(await ticketsOf(world.agent)).toBe(0);
    await rosa.writes("¿precio?");
    expect(await ticketsOf(world.agent)).toBe(1);
    await markRead(world.agent, rosa.conversationId, 99);
    expect(await ticketsOf(world.agent)).toBe(0);
    await rosa.writes("¿hola?");
    await updateTicket(world.agent, id, { state: "closed" });
    expect(await ticketsOf(world.agent)).toBe(0);
  });

  it("is nothing of an organisation that one does not work in", async () => {
    const stranger = await makeAccount("Extraña");
    await expect(countUnread(stranger, world.orgId)).rejects.toMatchObject({ status: 404 });
  });
});
