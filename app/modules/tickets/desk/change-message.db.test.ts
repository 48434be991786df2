import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { AccountActor, Actor } from "~/modules/accounts";
import { listChanges } from "~/modules/messaging/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeFullWorld } from "../../../../tests/support/full-world";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { getConversation, listConversationMessages, sendMessage } from "../index.server";
import { changeText, react, takeBack } from "./change-message.server";
import { claimTicket } from "./update-ticket.server";

withProduct();

async function scene() {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  const theirs = await rosa.writes("hola");
  await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
  const reply = await memberWrites(world.agent, rosa.conversationId, "buenas");
  const note = await memberWrites(world.agent, rosa.conversationId, "secreto", { visibility: "staff" });
  return { world, rosa, theirs, reply, note };
}

const shown = async (actor: Actor, conversationId: string) =>
  (await listConversationMessages(actor, conversationId, { limit: 100 })).messages;
const former = (messageId: string) =>
  asSystem("test", (tx) => tx.select().from(schema.messageEdit).where(eq(schema.messageEdit.messageId, messageId)));
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => "done",
    (error: { code?: string }) => error.code,
  );

describe("changing a message", () => {
  it("edits one's own words, keeps what they were, and says so once", async () => {
    const { world, rosa, reply } = await scene();
    const rev = async () => (await shownRev(rosa.conversationId)).rev;
    const before = await rev();
    const changed = await changeText(world.agent, reply.id, "¡Buenas!");
    expect(changed).toMatchObject({ id: reply.id, seq: reply.seq, text: "¡Buenas!", editedAt: expect.any(Date) });
    await changeText(world.agent, reply.id, "¡Buenas!");
    expect(await rev()).toBe(before + 1);
    expect(await former(reply.id)).toMatchObject([{ kind: "edited", text: "buenas", byName: "Bruno" }]);
    expect((await shown(rosa.guest, rosa.conversationId)).map((m) => m.text)).toEqual(["hola", "¡Buenas!"]);
    expect((await ticketOf(world, rosa.conversationId)).last_message?.text).toBe("secreto");
  });

  it("takes a message back for every reader and by every door, and leaves its place", async () => {
    const { world, rosa, theirs } = await scene();
    await react(world.agent, theirs.id, "👍", true);
    await takeBack(rosa.guest, theirs.id);
    await takeBack(rosa.guest, theirs.id);
    for (const actor of [rosa.guest, world.agent, world.admin]) {
      const [first] = await shown(actor, rosa.conversationId);
      expect(first).toMatchObject({ seq: 1, text: "", reactions: [], deleted_at: expect.any(String) });
    }
    expect(await former(theirs.id)).toMatchObject([{ kind: "deleted", text: "hola" }]);
    expect(await refusal(changeText(rosa.guest, theirs.id, "otra"))).toBe("message_deleted");
    expect(await refusal(react(world.agent, theirs.id, "👍", true))).toBe("message_deleted");
    expect(JSON.stringify(await getConversation(world.admin, rosa.conversationId))).not.toContain("hola");
  });

  it("counts each person's emoji once, and takes back one's own alone", async () => {
    const { world, rosa, reply } = await scene();
    const give = [rosa.guest, world.agent, world.admin].map((actor) => react(actor, reply.id, "👍", true));
    await Promise.all([...give, react(rosa.guest, reply.id, "👍", true), react(rosa.guest, reply.id, "🎉", true)]);
    const reactions = async () => (await shown(rosa.guest, rosa.conversationId)).at(-1)?.reactions ?? [];
    const people = (await reactions()).find(({ emoji }) => emoji === "👍")?.by.map(({ name }) => name);
    expect(people?.sort()).toEqual(["Ana", "Bruno", "Rosa"]);
    await react(world.admin, reply.id, "👍", false);
    await react(world.admin, reply.id, "🎉", false);
    await react(rosa.guest, reply.id, "🎉", false);
    expect(await reactions()).toMatchObject([{ emoji: "👍", by: [{}, {}] }]);
  });

  it.each(["", "a", "👍👍", "1", "<b>", "👍 ", "\u0000", "🏳️‍🌈🏳️‍🌈", "‍", "x".repeat(300)])(
    "takes %j for no emoji",
    async (text) => {
      const { rosa, reply } = await scene();
      expect(await refusal(react(rosa.guest, reply.id, text, true))).toBe("emoji_invalid");
    },
  );

  it.each(["👍", "❤️", "🏳️‍🌈", "👩🏽‍🚒", "🇵🇾", "1️⃣"])("takes %s for one", async (emoji) => {
    const { rosa, reply } = await scene();
    await react(rosa.guest, reply.id, emoji, true);
    expect((await shown(rosa.guest, rosa.conversationId)).at(-1)?.reactions).toMatchObject([{ emoji }]);
  });

  it("takes twenty different emoji and no more", async () => {
    const { rosa, reply } = await scene();
    const list = Array.from({ length: 21 }, (_, place) => String.fromCodePoint(0x1f600 + place));
    for (const emoji of list.slice(0, 20)) await react(rosa.guest, reply.id, emoji, true);
    expect(await refusal(react(rosa.guest, reply.id, list[20] ?? "", true))).toBe("too_many_emoji");
    await react(rosa.guest, reply.id, list[0] ?? "", true);
  });

  it("lets nobody change others' words but an admin take back what the organisation said", async () => {
    const { world, rosa, theirs, reply } = await scene();
    for (const actor of [world.agent, world.admin]) {
      expect(await refusal(changeText(actor, theirs.id, "x"))).toBe("forbidden");
      expect(await refusal(takeBack(actor, theirs.id))).toBe("forbidden");
    }
    expect(await refusal(changeText(world.admin, reply.id, "x"))).toBe("forbidden");
    expect(await refusal(changeText(rosa.guest, reply.id, "x"))).toBe("forbidden");
    expect(await refusal(takeBack(rosa.guest, reply.id))).toBe("forbidden");
    await takeBack(world.admin, reply.id);
    expect((await shown(rosa.guest, rosa.conversationId)).at(-1)?.text).toBe("");
  });

  it("is no message at all for who does not see it", async () => {
    const { rosa, theirs, note, world } = await scene();
    const [elsewhere, other] = [await makeWorld(), await makeCustomer(world, "Luis")];
    const token = { ...world.agent, token: { id: newId(), scopes: ["messages:read"] } } as AccountActor;
    for (const work of [changeText, (actor: Actor, id: string) => react(actor, id, "👍", true)] as const) {
      for (const actor of [elsewhere.admin, other.guest]) {
        for (const id of [theirs.id, note.id, newId(), "x"])
          expect(await refusal((work as typeof changeText)(actor, id, "x"))).toBe("not_found");
      }
      expect(await refusal((work as typeof changeText)(rosa.guest, note.id, "x"))).toBe("not_found");
      expect(await refusal((work as typeof changeText)(token, note.id, "x"))).toBe("missing_scope");
    }
    expect(await refusal(takeBack(elsewhere.admin, theirs.id))).toBe("not_found");
    expect(await refusal(takeBack(rosa.guest, note.id))).toBe("not_found");
  });

  it("never tells the customer of a change in a note", async () => {
    const { world, rosa, note } = await scene();
    const before = await shownRev(rosa.conversationId);
    await changeText(world.agent, note.id, "más secreto");
    await react(world.admin, note.id, "👀", true);
    await takeBack(world.agent, note.id);
    const after = await shownRev(rosa.conversationId);
    expect(after).toEqual({ rev: before.rev + 3, publicRev: before.publicRev });
    const { changes } = await asSystem("test", (tx) =>
      listChanges(tx, rosa.conversationId, { audience: "public", fromSeq: 0 }, { after: 0, limit: 100 }),
    );
    expect(JSON.stringify(changes)).not.toContain("secreto");
  });

  it("changes nothing that a provider has carried away, but notes there", async () => {
    const world = await makeFullWorld();
    const rows = await asSystem("test", (tx) =>
      tx.select().from(schema.message).where(eq(schema.message.channelId, world.whatsapp.channelId)),
    );
    const reply = rows.find((row) => row.authorKind === "member");
    expect(await refusal(changeText(world.admin, reply?.id ?? "", "x"))).toBe("channel_cannot_edit");
    expect(await refusal(takeBack(world.admin, reply?.id ?? ""))).toBe("channel_cannot_edit");
    expect((await react(world.admin, reply?.id ?? "", "👍", true)).reactions).toMatchObject([{ emoji: "👍" }]);
    const note = await memberWrites(world.admin, reply?.conversationId ?? "", "nota", { visibility: "staff" });
    expect((await changeText(world.admin, note.id, "nota nueva")).text).toBe("nota nueva");
  });

  it("answers a send that is repeated after its message was edited with that message", async () => {
    const { rosa } = await scene();
    const clientId = newId();
    const sent = await rosa.writes("holla", clientId);
    await changeText(rosa.guest, sent.id, "hola");
    const to = { conversationId: rosa.conversationId, clientId, text: "holla", visibility: "public" as const };
    const again = await sendMessage(rosa.guest, to);
    expect({ dedup: again.dedup, id: again.row.id, text: again.row.text }).toEqual({
      dedup: true,
      id: sent.id,
      text: "hola",
    });
  });

  it("keeps every number whole when edits, reactions, deletions and messages race", async () => {
    const { world, rosa, theirs, reply } = await scene();
    const before = await shownRev(rosa.conversationId);
    const outcomes = await Promise.allSettled([
      ...["a", "b", "c"].map((text) => changeText(world.agent, reply.id, text)),
      takeBack(world.admin, reply.id),
      ...["👍", "🎉", "😀"].map((emoji) => react(rosa.guest, reply.id, emoji, true)),
      ...["x", "y"].map((text) => rosa.writes(text)),
      changeText(rosa.guest, theirs.id, "hola, hola"),
    ]);
    for (const one of outcomes)
      if (one.status === "rejected") expect(one.reason).toMatchObject({ code: "message_deleted" });
    const changes = await asSystem("test", (tx) =>
      listChanges(tx, rosa.conversationId, { audience: "staff", fromSeq: 0 }, { after: before.rev, limit: 100 }),
    );
    const after = await shownRev(rosa.conversationId);
    expect(changes.changes.map(({ rev }) => rev)).toEqual(
      Array.from({ length: after.rev - before.rev }, (_, place) => before.rev + 1 + place),
    );
    const last = (await shown(world.admin, rosa.conversationId)).find((m) => m.id === reply.id);
    expect(last).toMatchObject({ text: "", reactions: [] });
    expect(last?.deleted_at).not.toBeNull();
  });
});

async function shownRev(conversationId: string) {
  const { conversation } = schema;
  const [row] = await asSystem("test", (tx) =>
    tx
      .select({ rev: conversation.rev, publicRev: conversation.publicRev })
      .from(conversation)
      .where(eq(conversation.id, conversationId)),
  );
  return row ?? { rev: 0, publicRev: 0 };
}
