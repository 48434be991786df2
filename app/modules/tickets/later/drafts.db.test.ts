import { describe, expect, it } from "vitest";
import { type AccountActor, SYSTEM } from "~/modules/accounts";
import { actorOfToken, createToken } from "~/modules/accounts/index.server";
import { createGroup, leaveGroup, openDirectChat } from "~/modules/chats/index.server";
import { type EmittedEvent, listen } from "~/platform/events";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { makeAccount, makeCustomer, makeWorld, memberWrites, withProduct } from "../../../../tests/support/world";
import { discardDraft, getDraft, listDrafts, saveDraft } from "../index.server";

withProduct();

async function chat() {
  const [ana, beto] = (await Promise.all([makeAccount("Ana"), makeAccount("Beto")])) as [AccountActor, AccountActor];
  return { ana, beto, id: await openDirectChat(ana, beto.accountId) };
}
const at = (seconds: number) => new Date(Date.now() - 60_000 + seconds * 1_000);

describe("a draft", () => {
  it("is its writer's own, on all devices, and in the list of what was begun", async () => {
    const { ana, beto, id } = await chat();
    const heard: EmittedEvent[] = [];
    const stop = listen((events) => void heard.push(...events));
    await saveDraft(ana, id, { text: "a medio dec\u0000ir" });
    stop();
    expect(await getDraft(ana, id)).toMatchObject({ conversation_id: id, text: "a medio decir", reply_to: null });
    expect(await listDrafts(ana)).toEqual({ [id]: "a medio decir" });
    expect(await getDraft(beto, id)).toMatchObject({ text: "", updated_at: null });
    expect(await listDrafts(beto)).toEqual({});
    const told = heard.flatMap(({ definition, data }) => definition.deliver(data));
    expect(told).toMatchObject([{ topic: `u:${ana.accountId}`, event: "draft.changed", data: { conversation: id } }]);
    expect(JSON.stringify(told)).not.toContain("medio");
  });

  it("is what was written last, in whatever order the devices' words arrive, and gone with an empty text", async () => {
    const { ana, id } = await chat();
    await saveDraft(ana, id, { text: "nuevo", updatedAt: at(10) });
    expect(await saveDraft(ana, id, { text: "viejo", updatedAt: at(5) })).toMatchObject({ text: "nuevo" });
    expect(await discardDraft(ana, id, at(7))).toMatchObject({ text: "nuevo" });
    expect(await discardDraft(ana, id, at(20))).toMatchObject({ text: "" });
    // What was on its way when it was sent does not come back.
    expect(await saveDraft(ana, id, { text: "tarde", updatedAt: at(15) })).toMatchObject({ text: "" });
    expect(await listDrafts(ana)).toEqual({});
    const ahead = new Date(Date.now() + 3_600_000);
    await saveDraft(ana, id, { text: "reloj adelantado", updatedAt: ahead });
    await new Promise((done) => setTimeout(done, 5));
    expect(await saveDraft(ana, id, { text: "después" })).toMatchObject({ text: "después" });
    await saveDraft(ana, id, { text: "  \n " });
    expect(await getDraft(ana, id)).toMatchObject({ text: "" });
  });

  it("has room for a message and answers one of its own conversation", async () => {
    const { ana, id } = await chat();
    await expect(saveDraft(ana, id, { text: "x".repeat(16_001) })).rejects.toMatchObject({ code: "text_too_long" });
    await expect(saveDraft(ana, id, { text: "x", replyTo: newId() })).rejects.toMatchObject({ status: 404 });
    expect(await saveDraft(ana, id, { text: "x".repeat(16_000) })).toMatchObject({ text: "x".repeat(16_000) });
    expect((await listDrafts(ana))[id]?.length).toBe(120);
  });

  it("is refused to who may not write there: strangers, guests, who left, other organisations, a program too far", async () => {
    const { ana, beto, id } = await chat();
    const eva = await makeAccount("Eva");
    const [world, other] = [await makeWorld(), await makeWorld()];
    const { guest, conversationId, writes } = await makeCustomer(world);
    await writes("hola");
    await saveDraft(world.admin, conversationId, { text: "para Rosa" });
    const token = (scopes: string[]) =>
      transactAsSystem(SYSTEM, "test", (ctx) =>
        createToken(ctx, { orgId: world.orgId, memberId: world.memberId(world.admin), name: "t", scopes }),
      ).then(({ token }) => actorOfToken(token));
    const reader = await token(["messages:read"]);
    const all = await token(["*"]);
    if (!reader || !all) throw new Error("no token");
    expect(await getDraft(reader, conversationId)).toMatchObject({ text: "para Rosa" });
    await expect(saveDraft(reader, conversationId, { text: "x" })).rejects.toMatchObject({ code: "missing_scope" });
    const own = await openDirectChat(world.admin, ana.accountId);
    const refused: [Parameters<typeof saveDraft>[0], string][] = [
      [eva, id],
      [guest, conversationId],
      [other.admin, conversationId],
      // A person's own chats are no program's.
      [all, own],
      [ana, newId()],
      [ana, "x"],
    ];
    for (const [actor, where] of refused) {
      await expect(saveDraft(actor, where, { text: "x" })).rejects.toMatchObject({ status: 404 });
      await expect(getDraft(actor, where)).rejects.toMatchObject({ status: 404 });
    }
    await memberWrites(ana, await openDirectChat(ana, beto.accountId), "hola");
    await memberWrites(beto, id, "hola");
    const group = await createGroup(ana, { title: "Grupo", accountIds: [beto.accountId] });
    await saveDraft(beto, group, { text: "me voy" });
    await leaveGroup(beto, group);
    await expect(getDraft(beto, group)).rejects.toMatchObject({ status: 404 });
  });
});
