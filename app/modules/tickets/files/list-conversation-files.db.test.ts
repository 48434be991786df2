import { beforeAll, describe, expect, it } from "vitest";
import type { AccountActor, Actor } from "~/modules/accounts";
import { answerRequest, listChats, openDirectChat } from "~/modules/chats/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import type { FileKind } from "~db/schema/files";
import { makeAccount, makeCustomer, makeWorld, ticketOf, withProduct } from "../../../../tests/support/world";
import { getTicket, listConversationFiles, listConversationLinks, sendMessage, takeBack } from "../index.server";

withProduct();

type Sent = { id: string; message: string };

/** A message with one file of its writer's. */
async function sends(
  actor: Actor,
  conversationId: string,
  kind: FileKind,
  { text = "", visibility = "public" as "public" | "staff", orgId = null as string | null } = {},
): Promise<Sent> {
  const id = newId();
  const owner = actor.kind === "guest" ? { guestId: actor.guestId } : { accountId: (actor as AccountActor).accountId };
  const name = `${kind}.bin`;
  await asSystem("test", (tx) =>
    tx
      .insert(schema.file)
      .values({ id, orgId, conversationId, ...owner, sha256: "0".repeat(64), size: 1, kind, mime: "x/y", name }),
  );
  const { row } = await sendMessage(actor, { conversationId, clientId: newId(), text, visibility, attachments: [id] });
  return { id, message: row.id };
}

const idsOf = async (actor: Actor, conversation: string, kind: "media" | "files" = "media") =>
  (await listConversationFiles(actor, conversation, { kind, limit: 50 })).files.map(({ id }) => id);

describe("the files of a chat", () => {
  let [ana, beto, stranger]: AccountActor[] = [];
  let chat = "";
  beforeAll(async () => {
    [ana, beto, stranger] = await Promise.all(["Ana", "Beto", "Carla"].map(makeAccount));
    chat = await openDirectChat(ana!, beto!.accountId);
    await sends(ana!, chat, "file");
    await answerRequest(beto!, chat, true);
  });

  it("are listed by kind, the newest first, in pages, with who sent them", async () => {
    const first = await sends(ana!, chat, "image");
    const second = await sends(beto!, chat, "video");
    const voice = await sends(beto!, chat, "voice");
    expect(await idsOf(beto!, chat)).toEqual([second.id, first.id]);
    expect((await idsOf(ana!, chat, "files"))[0]).toBe(voice.id);
    const page = await listConversationFiles(ana!, chat, { kind: "media", limit: 1 });
    expect(page.files).toMatchObject([{ id: second.id, message_id: second.message, author: { name: "Beto" } }]);
    const next = await listConversationFiles(ana!, chat, { kind: "media", limit: 1, cursor: page.nextCursor! });
    expect(next).toMatchObject({ files: [{ id: first.id }], nextCursor: null });
  });

  it("of a message that was taken back, or not sent yet, are nobody's to list", async () => {
    const gone = await sends(ana!, chat, "image");
    await takeBack(ana!, gone.message);
    const unsent = newId();
    const sha256 = "0".repeat(64);
    await asSystem("test", (tx) =>
      tx.insert(schema.file).values({
        ...{ id: unsent, conversationId: chat, accountId: ana!.accountId, sha256, size: 1 },
        ...{ kind: "image", mime: "x/y", name: "x" },
      }),
    );
    expect(await idsOf(ana!, chat)).not.toContain(gone.id);
    expect(await idsOf(ana!, chat)).not.toContain(unsent);
  });

  it("are not there for a stranger, nor after a wrong cursor", async () => {
    await expect(idsOf(stranger!, chat)).rejects.toMatchObject({ status: 404 });
    await expect(listConversationLinks(stranger!, chat, { limit: 5 })).rejects.toMatchObject({ status: 404 });
    const wrong = listConversationFiles(ana!, chat, { kind: "media", limit: 5, cursor: "x" });
    await expect(wrong).rejects.toMatchObject({ code: "cursor_invalid" });
    const wrongSeq = listConversationLinks(ana!, chat, { limit: 5, cursor: "1e3" });
    await expect(wrongSeq).rejects.toMatchObject({ code: "cursor_invalid" });
  });

  it("stand in the list for a message without words", async () => {
    await sends(ana!, chat, "voice");
    expect((await listChats(beto!))[0]?.last).toMatchObject({ text: "", file: { kind: "voice", name: "voice.bin" } });
    await sendMessage(ana!, { conversationId: chat, clientId: newId(), text: "hola", visibility: "public" });
    expect((await listChats(beto!))[0]?.last).toMatchObject({ text: "hola", file: null });
  });

  it("have their addresses beside them, page by page", async () => {
    const says = (text: string) =>
      sendMessage(ana!, { conversationId: chat, clientId: newId(), text, visibility: "public" });
    await says("mirá https://a.example/x");
    const { row } = await says("y HTTP://b.example");
    await says("sin nada");
    const page = await listConversationLinks(beto!, chat, { limit: 1 });
    expect(page.messages).toMatchObject([{ text: "y HTTP://b.example" }]);
    await takeBack(ana!, row.id);
    const { messages } = await listConversationLinks(beto!, chat, { limit: 5 });
    expect(messages.map(({ text }) => text)).toEqual(["mirá https://a.example/x"]);
    const next = await listConversationLinks(beto!, chat, { limit: 5, cursor: page.nextCursor! });
    expect(next).toMatchObject({ messages: [{ text: "mirá https://a.example/x" }], nextCursor: null });
  });
});

describe("the files of a customer's conversation", () => {
  it("show a note's to colleagues alone, and nothing to other customers and organisations", async () => {
    const [world, elsewhere] = [await makeWorld(), await makeWorld()];
    const [rosa, other] = [await makeCustomer(world), await makeCustomer(world, "Otra")];
    await rosa.writes("hola");
    await other.writes("hola");
    const id = rosa.conversationId;
    const { orgId } = world;
    const photo = await sends(rosa.guest, id, "image", { orgId });
    const note = await sends(world.admin, id, "image", { orgId, visibility: "staff" });
    expect(await idsOf(rosa.guest, id)).toEqual([photo.id]);
    expect(await idsOf(world.admin, id)).toEqual([note.id, photo.id]);
    await expect(idsOf(other.guest, id)).rejects.toMatchObject({ status: 404 });
    await expect(idsOf(elsewhere.admin, id)).rejects.toMatchObject({ status: 404 });
  });

  it("are named in the list of tickets", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await sends(rosa.guest, rosa.conversationId, "file", { orgId: world.orgId });
    const ticket = await ticketOf(world, rosa.conversationId);
    expect((await getTicket(world.admin, ticket.id)).last_message).toMatchObject({
      file: { kind: "file", name: "file.bin" },
    });
  });
});
