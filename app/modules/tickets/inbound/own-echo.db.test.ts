import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { receive } from "../../../../tests/support/webhooks";
import { makeWorld, memberWrites, withProduct } from "../../../../tests/support/world";
import { addChannel } from "../../channels/index.server";

withProduct();

let pages = 700_100;
const CUSTOMER = "800100";
const page = (id: string, sender: string, recipient: string, message: object) => {
  const sides = { sender: { id: sender }, recipient: { id: recipient }, timestamp: Date.now() };
  return { object: "page", entry: [{ id, time: Date.now(), messaging: [{ ...sides, message }] }] };
};

/** A page of an organisation to which somebody has written. */
async function written() {
  const world = await makeWorld();
  const page_id = String(pages++);
  const settings = { page_id, access_token: "token" };
  const channel = await addChannel(world.admin, { orgId: world.orgId, kind: "messenger", settings });
  await receive(page(page_id, CUSTOMER, page_id, { mid: `${page_id}.1`, text: "hola" }));
  const { conversation, message, outbox } = schema;
  const [row] = await asSystem("test", (tx) =>
    tx.select().from(conversation).where(eq(conversation.channelId, channel.id)),
  );
  const id = row?.id ?? "";
  return {
    world,
    id,
    echoes: (mid: string, more: object) =>
      receive(page(page_id, page_id, CUSTOMER, { mid: `${page_id}.${mid}`, is_echo: true, app_id: 42, ...more })),
    onItsWay: (messageId: string, part: number, state: "sending" | "sent" = "sending", externalId?: string) =>
      asSystem("test", (tx) =>
        tx
          .update(outbox)
          .set({ state, attempts: 1, ...(externalId && { externalId: `${page_id}.${externalId}` }) })
          .where(and(eq(outbox.messageId, messageId), eq(outbox.part, part))),
      ),
    addParts: (messageId: string, contents: object[]) =>
      asSystem("test", async (tx) => {
        const [first] = await tx.delete(outbox).where(eq(outbox.messageId, messageId)).returning();
        if (!first) throw new Error("nothing was to be sent");
        const parts = contents.map((content, part) => ({
          ...first,
          id: newId(),
          part,
          parts: contents.length,
          content,
        }));
        await tx.insert(outbox).values(parts);
      }),
    authors: async () =>
      (
        await asSystem("test", (tx) =>
          tx
            .select({ author: message.authorKind, externalId: message.externalId })
            .from(message)
            .where(eq(message.conversationId, id))
            .orderBy(message.seq),
        )
      ).map(({ author, externalId }) => `${author} ${externalId?.split(".")[1]}`),
  };
}

describe("an echo", () => {
  it("of what we are sending is that message; of what we did not send is a reply by device", async () => {
    const { world, id, echoes, onItsWay, authors } = await written();
    const sent = await memberWrites(world.admin, id, "¡Hola!");
    await onItsWay(sent.id, 0);
    for (const mid of ["2", "2", "3"]) await echoes(mid, { text: "¡Hola!" });
    expect(await authors()).toEqual(["contact 1", "member 2", "device 3"]);
  });

  it("of every part of what we send is that message, whether it comes before the answer or after", async () => {
    const { world, id, echoes, onItsWay, addParts, authors } = await written();
    const sent = await memberWrites(world.admin, id, "Nuestra vidriera");
    const picture = { type: "media", media: "image", url: "https://ejemplo.com/a.png" };
    await addParts(sent.id, [picture, { type: "text", text: "Nuestra vidriera" }]);
    await onItsWay(sent.id, 0);
    await echoes("2", { attachments: [{ type: "image", payload: { url: "https://scontent.test/a" } }] });
    await onItsWay(sent.id, 0, "sent");
    await onItsWay(sent.id, 1, "sent", "3");
    for (const mid of ["2", "3", "3"]) await echoes(mid, { text: "Nuestra vidriera" });
    expect(await authors()).toEqual(["contact 1", "member 2"]);
    await echoes("4", { text: "Nuestra vidriera" });
    expect(await authors()).toEqual(["contact 1", "member 2", "device 4"]);
  });

  it("with our own mark is that message, whatever it says", async () => {
    const { world, id, echoes, onItsWay, authors } = await written();
    const sent = await memberWrites(world.admin, id, "Hola *Rosa*");
    await onItsWay(sent.id, 0, "sent");
    await echoes("2", { text: "Hola Rosa", metadata: sent.id });
    const theirs = await written();
    await theirs.echoes("2", { text: "Hola", metadata: sent.id });
    expect([await authors(), await theirs.authors()]).toEqual([
      ["contact 1", "member 2"],
      ["contact 1", "device 2"],
    ]);
  });
});
