import { beforeEach, describe, expect, it } from "vitest";
import { createGroup, listChats, openDirectChat } from "~/modules/chats/index.server";
import { searchChats } from "~/modules/search/index.server";
import { newId } from "~/platform/ids";
import { says } from "../../../../tests/support/accounts/chats";
import { withFrames } from "../../../../tests/support/hub/frames";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { changeText, takeBack } from "../desk/change-message.server";
import { updateTicket } from "../desk/update-ticket.server";
import { getThread } from "../reading/read-conversation.server";
import { shareTicket } from "./share-ticket.server";
import { getSharedTicket, listTicketCards } from "./shared-tickets.server";

withProduct();
const { hear, forget } = withFrames();

const SECRET = "Rosa Secreta";
let world: World;
let ticketId: string;
let group: string;
beforeEach(async () => {
  world = await makeWorld();
  const rosa = await makeCustomer(world, SECRET);
  await rosa.writes("hola");
  const ticket = await ticketOf(world, rosa.conversationId);
  ticketId = ticket.id;
  const accountIds = [world.agent.accountId, world.other.accountId];
  group = await createGroup(world.admin, { title: "Equipo", orgId: world.orgId, accountIds });
});

const share = async (actor: World["agent"], to = [group], more: { text?: string; clientIds?: string[] } = {}) =>
  shareTicket(actor, ticketId, { conversationIds: to, clientIds: to.map(() => newId()), ...more });
const shared = async (actor = world.agent) => (await share(actor))[0]?.message?.id ?? "";
const cardFor = async (actor: World["agent"], messageId: string) =>
  (await listTicketCards(actor, [messageId]))[messageId];

describe("a ticket that is shared into a chat", () => {
  it("is shown to who may see it, and to others of the chat nothing of it is, whichever way they read", async () => {
    const frames = hear();
    const id = await shared();
    forget();
    expect(await cardFor(world.admin, id)).toMatchObject({
      ...{ id: ticketId, number: 1, state: "open", contact: SECRET, area: "Ventas", assignee: null },
    });
    expect(await cardFor(world.other, id)).toBeNull();
    const refusal = { status: 404, code: "not_found", data: { what: "ticket" } };
    await expect(getSharedTicket(world.other, id)).rejects.toMatchObject(refusal);
    const nobodys = await getSharedTicket(world.other, newId()).catch((error) => error);
    expect(nobodys).toMatchObject(refusal);
    const stranger = await makeWorld();
    expect(await cardFor(stranger.admin, id)).toBeNull();

    // What is stored, told and found holds nothing of the ticket, not even its id.
    const { messages } = await getThread(world.other, group);
    expect(messages.at(-1)).toMatchObject({ id, text: "", card: "ticket" });
    const read = [
      messages,
      frames,
      await listChats(world.other),
      await searchChats(world.other, { q: "Secreta", limit: 10 }),
    ];
    for (const secret of [SECRET, ticketId]) {
      const heard = JSON.stringify(
        read.map((one) => (one === frames ? frames.filter(({ topic }) => topic.includes(group)) : one)),
      );
      expect(heard).not.toContain(secret);
    }
    expect((await listChats(world.other)).find((chat) => chat.id === group)?.last).toMatchObject({
      card: true,
      text: "",
    });
  });

  it("is shown as it is when it is read, to who may then", async () => {
    const id = await shared();
    await updateTicket(world.admin, ticketId, { areaId: world.areas.support, assigneeId: world.memberId(world.other) });
    expect(await cardFor(world.other, id)).toMatchObject({ area: "Soporte", assignee: "Carla" });
    expect(await cardFor(world.agent, id)).toBeNull();
    await updateTicket(world.admin, ticketId, { state: "closed" });
    expect(await cardFor(world.admin, id)).toMatchObject({ state: "closed" });
    await takeBack(world.agent, id);
    expect(await cardFor(world.admin, id)).toBeNull();
  });

  it("goes only where one writes, by who sees it, and by one key once", async () => {
    await expect(share(world.other)).rejects.toMatchObject({ status: 404 });
    const lucia = await makeAccount("Lucía");
    const direct = await openDirectChat(world.agent, lucia.accountId);
    const juan = await makeCustomer(world, "Juan");
    await juan.writes("hola");
    const alone = await createGroup(world.admin, { title: "Otros", orgId: world.orgId, accountIds: [] });
    const results = await share(world.agent, [group, direct, juan.conversationId, alone, newId()]);
    expect(results.map(({ code }) => code)).toEqual([null, null, "not_found", "not_found", "not_found"]);
    expect(await cardFor(lucia, results[1]?.message?.id ?? "")).toBeNull();
    expect((await getThread(lucia, direct)).messages.at(-1)).toMatchObject({ card: "ticket" });

    const clientIds = [newId()];
    const [first] = await share(world.agent, [group], { clientIds, text: "¿la conocés?" });
    const [again] = await share(world.agent, [group], { clientIds, text: "¿la conocés?" });
    expect(again?.message?.id).toBe(first?.message?.id);
    const other = (await ticketOf(world, juan.conversationId)).id;
    const [reused] = await shareTicket(world.agent, other, {
      conversationIds: [group],
      clientIds,
      text: "¿la conocés?",
    });
    expect(reused?.code).toBe("id_reused");
    await expect(share(world.agent, [group, group])).rejects.toThrow("invalid_request");
    await expect(share(world.agent, [])).rejects.toThrow("invalid_request");
    // Other words leave the card as it is.
    const id = first?.message?.id ?? "";
    await changeText(world.agent, id, "¿quién la conoce?");
    expect(await cardFor(world.admin, id)).toMatchObject({ number: 1 });
  });

  it("is asked of many at once, each under the same rule as alone", async () => {
    const [first, second] = [await shared(), await shared()];
    const outside = await makeGroupOfAdmin();
    const plain = (await says(world.agent, group, "sin tarjeta")).id;
    await takeBack(world.agent, second);
    const asked = [first, second, outside, plain, newId(), "x"];
    for (const actor of [world.admin, world.agent, world.other, await makeAccount("Eva")]) {
      const cards = await listTicketCards(actor, asked);
      expect(Object.keys(cards)).toEqual(asked);
      for (const id of asked) {
        const alone = await getSharedTicket(actor, id).catch(() => null);
        expect([id, cards[id]?.id ?? null]).toEqual([id, alone?.id ?? null]);
      }
    }
    expect((await listTicketCards(world.admin, asked))[outside]).not.toBeNull();
    const token = (scopes: string[]) => ({ ...world.admin, token: { id: newId(), scopes } });
    expect((await listTicketCards(token(["tickets:read"]), [first]))[first]).not.toBeNull();
    expect((await listTicketCards(token(["messages:read"]), [first]))[first]).toBeNull();
    await expect(listTicketCards(world.admin, Array.from({ length: 21 }, newId))).rejects.toThrow("invalid_request");
  });

  async function makeGroupOfAdmin() {
    const id = await createGroup(world.admin, { title: "Solo", orgId: world.orgId, accountIds: [] });
    const [result] = await share(world.admin, [id]);
    return result?.message?.id ?? "";
  }
});
