import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import {
  answerRequest,
  blockAccount,
  createGroup,
  getChat,
  getPresenceShown,
  noteSeen,
  openDirectChat,
  setPresenceShown,
} from "~/modules/chats/index.server";
import { sendMessage } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { type EmittedEvent, listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { hubDoors } from "../../app/runtime/hub-doors.server";
import { makeAccount, withProduct } from "../support/world";

withProduct();

async function chat(accepted = true) {
  const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
  const id = await openDirectChat(ana, beto.accountId);
  await sendMessage(ana, { conversationId: id, clientId: newId(), text: "hola", visibility: "public" });
  if (accepted) await answerRequest(beto, id, true);
  return { ana, beto, id };
}
/** The account whose presence a reader of the chat hears of. */
const hearsOf = async (actor: AccountActor, id: string) =>
  (await hubDoors.join(actor, `conversation:${id}`)).topics.flatMap((topic) => hubDoors.watched(topic)?.account ?? []);
/** The topics on which it is told that somebody writes there. */
const typed = async (actor: AccountActor, id: string) => {
  const { topics } = await hubDoors.join(actor, `conversation:${id}`);
  return (await hubDoors.typing(actor, id, topics)).map(({ topic }) => topic);
};
const seenAt = async ({ accountId }: AccountActor) => {
  const { account } = schema;
  const [row] = await asSystem("test", (tx) => tx.select().from(account).where(eq(account.id, accountId)));
  return row?.lastSeenAt ?? null;
};
/** The topics whose readers are asked anew after something was done. */
async function doubted(work: () => Promise<unknown>): Promise<string[]> {
  const heard: EmittedEvent[] = [];
  const stop = listen((events) => void heard.push(...events));
  await work();
  stop();
  const told = heard.flatMap(({ definition, data }) => definition.deliver(data));
  return told.filter(({ event }) => event === "rights.changed").map(({ topic }) => topic);
}

describe("whether the other one is there", () => {
  it("is known to both of an accepted direct chat who show it, and to nobody else", async () => {
    const { ana, beto, id } = await chat();
    expect(await hearsOf(ana, id)).toEqual([beto.accountId]);
    expect(await hearsOf(beto, id)).toEqual([ana.accountId]);
    expect(await getChat(ana, id)).toMatchObject({ presence: { seenAt: null } });
    await noteSeen([beto.accountId, newId()]);
    expect((await getChat(ana, id)).presence?.seenAt).toBe((await seenAt(beto))?.toISOString());
    const group = await createGroup(ana, { title: "Grupo", accountIds: [beto.accountId] });
    expect(await hearsOf(ana, group)).toEqual([]);
    expect((await getChat(ana, group)).presence).toBeNull();
    await expect(hubDoors.join(await makeAccount("Eva"), `conversation:${id}`)).rejects.toMatchObject({ status: 404 });
  });

  it("is hidden by who hides, who then sees nobody either, and leaves no time behind", async () => {
    const { ana, beto, id } = await chat();
    await noteSeen([ana.accountId, beto.accountId]);
    expect(await getPresenceShown(beto)).toBe(true);
    const asked = await doubted(() => setPresenceShown(beto, false));
    expect(asked.sort()).toEqual([`u:${beto.accountId}`, `on:${beto.accountId}`, `c:${id}:p`].sort());
    expect([await hearsOf(ana, id), await hearsOf(beto, id)]).toEqual([[], []]);
    expect([(await getChat(ana, id)).presence, (await getChat(beto, id)).presence]).toEqual([null, null]);
    await noteSeen([beto.accountId]);
    expect([await seenAt(beto), await getPresenceShown(beto), await getPresenceShown(ana)]).toEqual([
      null,
      false,
      true,
    ]);
    await setPresenceShown(beto, true);
    expect(await hearsOf(ana, id)).toEqual([beto.accountId]);
  });

  it("is not known before a request is accepted, nor where one has blocked the other", async () => {
    const { ana, beto, id } = await chat(false);
    expect([await hearsOf(ana, id), await hearsOf(beto, id)]).toEqual([[], []]);
    expect((await getChat(beto, id)).presence).toBeNull();
    expect(await doubted(() => answerRequest(beto, id, true))).toEqual([`c:${id}:p`]);
    expect(await hearsOf(beto, id)).toEqual([ana.accountId]);
    expect(await doubted(() => blockAccount(beto, ana.accountId, true))).toEqual([`c:${id}:p`]);
    expect([await hearsOf(ana, id), await hearsOf(beto, id)]).toEqual([[], []]);
    expect((await getChat(ana, id)).presence).toBeNull();
  });

  it("is written for nobody who waits: a row that another holds is left out", async () => {
    const { ana, beto } = await chat();
    await asSystem("test", async (tx) => {
      await tx.execute(sql`select from account where id = ${ana.accountId} for update`);
      await noteSeen([ana.accountId, beto.accountId]);
    });
    expect([await seenAt(ana), (await seenAt(beto)) !== null]).toEqual([null, true]);
  });
});

describe("that somebody is writing", () => {
  it("is told in an open direct chat and in groups, and not in one that is closed or not accepted", async () => {
    const { ana, beto, id } = await chat(false);
    expect([await typed(ana, id), await typed(beto, id)]).toEqual([[], []]);
    await sendMessage(beto, { conversationId: id, clientId: newId(), text: "hola", visibility: "public" });
    expect(await typed(ana, id)).toContain(`c:${id}:p`);
    await blockAccount(beto, ana.accountId, true);
    expect([await typed(ana, id), await typed(beto, id)]).toEqual([[], []]);
    await blockAccount(beto, ana.accountId, false);
    expect(await typed(beto, id)).toContain(`c:${id}:p`);
    const group = await createGroup(ana, { title: "Grupo", accountIds: [beto.accountId] });
    expect(await typed(ana, group)).toContain(`c:${group}:p`);
  });
});
