import { expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { createGroup, openDirectChat, removeFromGroup } from "~/modules/chats/index.server";
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
import { openAccountConversation } from "../inbound/open-customer-conversation.server";
import { markRead } from "../reading/read-conversation.server";
import { listOpened, type Opened } from "./list-opened.server";

withProduct();

async function withTicket(world: World) {
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  await memberWrites(world.agent, rosa.conversationId, "¿qué tal?");
  const { id } = await ticketOf(world, rosa.conversationId);
  return { id, conversationId: rosa.conversationId, rosa };
}

const tickets = async (actor: AccountActor, ids: string[]) =>
  (await listOpened(actor, { tickets: ids, chats: [] })).tickets;
const chats = (actor: AccountActor, ids: string[]) => listOpened(actor, { tickets: [], chats: ids });
const NOTHING: Opened = { tickets: [], chats: [], organisations: [] };

it("tells of tickets to those who see them, with how far they have read, and to nobody else", async () => {
  const [world, another] = [await makeWorld(), await makeWorld()];
  const { id, conversationId } = await withTicket(world);
  await markRead(world.agent, conversationId, 1);
  expect(await tickets(world.agent, [id])).toMatchObject([{ id, contact: { name: "Rosa" }, read_seq: 1 }]);
  expect(await tickets(world.admin, [id])).toMatchObject([{ id, read_seq: 0 }]);
  const unscoped = { ...world.admin, token: { id: newId(), scopes: ["chats:read"] } };
  // Of another organisation, of none, and a token without the right.
  for (const actor of [another.admin, await makeAccount("Nadie"), unscoped]) {
    expect(await tickets(actor, [id])).toEqual([]);
  }
  // Whose membership ended.
  expect(await tickets({ ...world.agent, memberships: [] }, [id])).toEqual([]);
});

it("tells of the tickets of all organisations in which somebody works", async () => {
  const [one, two] = [await makeWorld(), await makeWorld()];
  const ids = [(await withTicket(one)).id, (await withTicket(two)).id];
  const both = { ...one.admin, memberships: [...one.admin.memberships, ...two.admin.memberships] };
  expect((await tickets(both, ids)).map((ticket) => ticket.id).sort()).toEqual(ids.sort());
});

it("tells of chats to those who take part, also of one in which nothing was said yet", async () => {
  const { admin, agent, other, orgId } = await makeWorld();
  const group = await createGroup(admin, { title: "Depósito", accountIds: [agent.accountId], orgId });
  const direct = await openDirectChat(admin, agent.accountId);
  const titles = async (actor: AccountActor) =>
    (await chats(actor, [group, direct])).chats.map((chat) => chat.title).sort();
  expect(await titles(admin)).toEqual(["Bruno", "Depósito"]);
  expect(await titles(other)).toEqual([]);
  expect(await titles(agent)).toContain("Depósito");
  await removeFromGroup(admin, group, agent.accountId);
  expect(await titles(agent)).not.toContain("Depósito");
});

it("tells a customer of the chat with an organisation, and of no other one", async () => {
  const world = await makeWorld();
  const [diego, eva] = [await makeAccount("Diego"), await makeAccount("Eva")];
  const [his, hers] = [
    await openAccountConversation(diego, world.handle),
    await openAccountConversation(eva, world.handle),
  ];
  expect((await chats(diego, [his, hers])).organisations).toMatchObject([{ conversation_id: his }]);
});

it("is not led astray by what is no id, and answers a few at once", async () => {
  const world = await makeWorld();
  const { id } = await withTicket(world);
  const crowd = Array.from({ length: 60 }, () => newId<string>());
  expect(await listOpened(world.admin, { tickets: ["", "x", "'; drop table", "\u0000"], chats: ["", "x"] })).toEqual(
    NOTHING,
  );
  expect(await tickets(world.admin, [id, id, ...crowd])).toHaveLength(1);
  expect(await tickets(world.admin, [...crowd, id])).toEqual([]);
});
