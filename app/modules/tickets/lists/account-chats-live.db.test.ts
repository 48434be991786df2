import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { topics } from "~/modules/messaging";
import { newId } from "~/platform/ids";
import { withFrames } from "../../../../tests/support/hub/frames";
import {
  makeAccount,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import {
  changeText,
  claimTicket,
  listAccountChats,
  markRead,
  openAccountConversation,
  react,
  sendMessage,
  takeBack,
  updateTicket,
} from "../index.server";

withProduct();
const { hear, forget } = withFrames();

let world: World;
let diego: AccountActor;
let id = "";
let reply = "";
let note = "";

const writes = async (text: string) =>
  (await sendMessage(diego, { conversationId: id, clientId: newId(), text, visibility: "public" })).row;
const notes = (text: string) => memberWrites(world.agent, id, text, { visibility: "staff" });

beforeAll(async () => {
  world = await makeWorld();
});
beforeEach(async () => {
  diego = await makeAccount("Diego");
  id = await openAccountConversation(diego, world.handle);
  await writes("hola");
  await claimTicket(world.agent, (await ticketOf(world, id)).id);
  reply = (await memberWrites(world.agent, id, "¡Hola!")).id;
  note = (await notes("canario")).id;
});

/** Whether the account was told, and of what, while something happened. */
async function toldOf(work: () => Promise<unknown>): Promise<unknown[]> {
  const frames = hear();
  await work();
  forget();
  const own = frames.filter(({ topic }) => topic === topics.account(diego.accountId));
  return own.map(({ event, data }) => [event, data]);
}

const CHANGES: [string, () => Promise<unknown>][] = [
  ["an answer", () => memberWrites(world.agent, id, "ya te ayudo")],
  ["an answer to something", () => memberWrites(world.agent, id, "a esto", { replyTo: reply })],
  ["an edit of the last words", () => changeText(world.agent, reply, "buenas")],
  ["the last words taken back", () => takeBack(world.agent, reply)],
  ["the account's own words, by another device", () => writes("quiero pintura")],
  ["the account's reading, by another device", () => markRead(diego, id, 99)],
  ["an answer and a note at once", () => Promise.all([memberWrites(world.agent, id, "va"), notes("moroso")])],
];

describe("the list of an account that wrote to an organisation", () => {
  it.each(CHANGES)("is told of %s", async (_, work) => {
    const before = await listAccountChats(diego);
    expect(await toldOf(work)).toContainEqual(["chats.changed", { conversation: id }]);
    expect(await listAccountChats(diego)).not.toEqual(before);
  });

  it.each([
    ["a note", () => notes("canario: moroso")],
    ["a note that changed", () => changeText(world.agent, note, "canario: al día")],
    ["a note taken back", () => takeBack(world.agent, note)],
    ["an emoji on a note", () => react(world.admin, note, "👀", true)],
    [
      "a transfer with a note",
      async () =>
        updateTicket(world.admin, (await ticketOf(world, id)).id, { areaId: world.areas.support, note: "canario" }),
    ],
    ["a colleague's reading", () => markRead(world.agent, id, 99)],
  ])("hears nothing of %s", async (_, work) => {
    const before = await listAccountChats(diego);
    expect(await toldOf(work)).toEqual([]);
    expect(await listAccountChats(diego)).toEqual(before);
  });

  it("is told once of what is read once", async () => {
    expect(await toldOf(() => markRead(diego, id, 99))).toHaveLength(1);
    expect(await toldOf(() => markRead(diego, id, 99))).toEqual([]);
  });

  it("is told of an answer to a member who is the customer too", async () => {
    diego = world.other;
    id = await openAccountConversation(diego, world.handle);
    await sendMessage(diego, { conversationId: id, clientId: newId(), text: "una consulta", visibility: "public" });
    expect(await toldOf(() => memberWrites(world.admin, id, "decime"))).toContainEqual([
      "chats.changed",
      { conversation: id },
    ]);
    expect((await listAccountChats(diego)).map(({ unread }) => unread)).toEqual([1]);
  });
});
