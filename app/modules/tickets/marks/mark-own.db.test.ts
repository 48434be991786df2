import { describe, expect, it } from "vitest";
import type { AccountActor, Actor } from "~/modules/accounts";
import { createGroup, removeFromGroup } from "~/modules/chats/index.server";
import { applyToThread, conversationName, topics } from "~/modules/messaging";
import { searchConversation } from "~/modules/search/index.server";
import { newId } from "~/platform/ids";
import { chatOf, makeDirect, makeGroup, says } from "../../../../tests/support/accounts/chats";
import { withFrames } from "../../../../tests/support/hub/frames";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  withProduct,
} from "../../../../tests/support/world";
import {
  changeText,
  claimTicket,
  getThread,
  listConversationChanges,
  listConversationMessages,
  listStarred,
  markOwn,
  openAccountConversation,
  pin,
  react,
} from "../index.server";

withProduct();

const { hear } = withFrames();

const texts = async (actor: Actor, id: string) => (await getThread(actor, id)).messages.map((m) => m.text);
const starred = async (actor: AccountActor, page = {}) =>
  (await listStarred(actor, { limit: 50, ...page })).messages.map((m) => m.text);

describe("a message that is hidden", () => {
  it("is out of one's own sight by every way, in nobody else's, and comes back", async () => {
    const { ana, beto, id } = await makeDirect();
    const secret = await says(ana, id, "secreto");
    await react(ana, secret.id, "👍", true);
    await pin(ana, secret.id, true);
    await markOwn(beto, secret.id, { hidden: true });
    expect(await texts(beto, id)).toEqual(["hola"]);
    expect((await getThread(beto, id)).pinned).toEqual([]);
    expect((await listConversationMessages(beto, id, { aroundSeq: secret.seq, limit: 9 })).messages).toHaveLength(1);
    expect(JSON.stringify(await listConversationChanges(beto, id, { after: 0, limit: 99 }))).not.toContain("secreto");
    expect((await searchConversation(beto, id, { q: "secreto", limit: 9 })).messages).toEqual([]);
    expect(await chatOf(beto, id)).toMatchObject({ last: { text: "hola" }, unread: 1 });
    expect(await texts(ana, id)).toEqual(["hola", "secreto"]);
    expect(await chatOf(ana, id)).toMatchObject({ last: { text: "secreto" } });
    await markOwn(beto, secret.id, { hidden: false });
    expect(await texts(beto, id)).toEqual(["hola", "secreto"]);
    expect(await chatOf(beto, id)).toMatchObject({ last: { text: "secreto" }, unread: 2 });
  });

  it("leaves an open screen of the account, and a later change does not bring it back", async () => {
    const { ana, beto, id } = await makeDirect();
    const { id: message } = await says(ana, id, "no lo quiero ver");
    const [before, others] = [await getThread(beto, id), await getThread(ana, id)];
    const frames = hear();
    await markOwn(beto, message, { starred: true });
    await markOwn(beto, message, { hidden: true });
    await changeText(ana, message, "tampoco así");
    await pin(ana, message, true);
    await pin(ana, (await says(ana, id, "otra")).id, true);
    const screen = (thread: typeof before, { accountId }: AccountActor) =>
      frames
        .filter(
          ({ topic, as }) =>
            as === conversationName(id) && [topics.conversationPublic(id), topics.account(accountId)].includes(topic),
        )
        .reduce((state, frame) => applyToThread(state, frame, accountId), thread);
    expect(screen(before, beto)).toEqual(await getThread(beto, id));
    expect(screen(others, ana)).toEqual(await getThread(ana, id));
    expect((await getThread(beto, id)).messages.map((m) => m.text)).toEqual(["hola", "otra"]);
    await markOwn(beto, message, { hidden: false });
    expect(screen(before, beto)).toEqual(await getThread(beto, id));
    expect(frames.filter(({ event }) => event === "message.marked").map(({ topic }) => topic)).toEqual(
      Array(3).fill(topics.account(beto.accountId)),
    );
  });
});

describe("a star", () => {
  it("is one's own: listed across conversations, the newest first, by pages, and taken off again", async () => {
    const { ana, beto, id, direct } = await makeGroup();
    const [one, two, three] = [
      await says(ana, id, "uno"),
      await says(beto, direct, "dos"),
      await says(ana, id, "tres"),
    ];
    for (const row of [three, one, two]) await markOwn(beto, row.id, { starred: true });
    await markOwn(beto, one.id, { starred: true });
    expect(await starred(beto)).toEqual(["dos", "uno", "tres"]);
    const first = await listStarred(beto, { limit: 2 });
    expect(await starred(beto, { cursor: first.nextCursor, limit: 2 })).toEqual(["tres"]);
    expect((await getThread(beto, id)).starred).toEqual([one.id, three.id].sort());
    expect((await getThread(ana, id)).starred).toEqual([]);
    expect(await starred(ana)).toEqual([]);
    await markOwn(beto, one.id, { starred: false });
    await markOwn(beto, two.id, { hidden: true });
    expect(await starred(beto)).toEqual(["tres"]);
    await expect(listStarred(beto, { cursor: "x", limit: 2 })).rejects.toMatchObject({ code: "cursor_invalid" });
  });

  it("is listed only while its conversation is seen", async () => {
    const { ana, beto, id } = await makeGroup();
    const row = await says(ana, id, "de grupo");
    await markOwn(beto, row.id, { starred: true });
    const owned = { ...beto, token: { id: newId(), scopes: ["*"] } };
    expect(await starred(owned)).toEqual([]);
    await removeFromGroup(ana, id, beto.accountId);
    expect(await starred(beto)).toEqual([]);
  });

  it("is given by an agent too, while the ticket is in sight, and by a customer who has an account", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
    const note = await memberWrites(world.agent, rosa.conversationId, "nota", { visibility: "staff" });
    await markOwn(world.agent, note.id, { starred: true });
    expect(await starred(world.agent)).toEqual(["nota"]);
    expect(await starred({ ...world.agent, memberships: [] })).toEqual([]);
    const account = await makeAccount("Tito");
    const own = await openAccountConversation(account, world.handle);
    await markOwn(account, (await says(account, own, "soy yo")).id, { starred: true });
    expect(await starred(account)).toEqual(["soy yo"]);
  });
});

describe("marks are refused", () => {
  it("to strangers, to who left, to other organisations and to tokens, as if there were no such message", async () => {
    const { ana, beto, id } = await makeGroup();
    const row = await says(ana, id, "nuestro");
    const world = await makeWorld();
    const token = { ...beto, token: { id: newId(), scopes: ["*"] } };
    await removeFromGroup(ana, id, beto.accountId);
    for (const actor of [await makeAccount("Eva"), world.admin, beto, token]) {
      await expect(markOwn(actor, row.id, { starred: true })).rejects.toMatchObject({ status: 404 });
      await expect(markOwn(actor, row.id, { hidden: true })).rejects.toMatchObject({ status: 404 });
    }
    await expect(markOwn(ana, newId(), { starred: true })).rejects.toMatchObject({ status: 404 });
    await expect(markOwn(ana, "x", { starred: true })).rejects.toMatchObject({ status: 404 });
  });

  it("to guests, to tokens without the scope, and on notes to the customer", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const hers = await rosa.writes("hola");
    await expect(markOwn(rosa.guest, hers.id, { starred: true })).rejects.toMatchObject({ status: 403 });
    const account = await makeAccount("Tito");
    const own = await openAccountConversation(account, world.handle);
    await says(account, own, "hola");
    const note = await memberWrites(world.admin, own, "nota", { visibility: "staff" });
    await expect(markOwn(account, note.id, { starred: true })).rejects.toMatchObject({ status: 404 });
    const group = await createGroup(world.admin, { title: "Turno", accountIds: [], orgId: world.orgId });
    const row = await says(world.admin, group, "hola");
    const reader = { ...world.admin, token: { id: newId(), scopes: ["messages:read"] } };
    await expect(markOwn(reader, row.id, { starred: true })).rejects.toMatchObject({ code: "missing_scope" });
    const writer = { ...world.admin, token: { id: newId(), scopes: ["messages:write"] } };
    expect(await markOwn(writer, row.id, { starred: true })).toEqual({ starred: true, hidden: false });
  });
});
