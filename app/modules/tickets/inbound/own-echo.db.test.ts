import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { receive } from "../../../../tests/support/webhooks";
import { makeWorld, memberWrites, withProduct } from "../../../../tests/support/world";
import { addChannel } from "../../channels/index.server";

withProduct();

const PAGE = "700100";
const CUSTOMER = "800100";
const page = (sender: string, recipient: string, message: object) => ({
  object: "page",
  entry: [
    {
      id: PAGE,
      time: Date.now(),
      messaging: [{ sender: { id: sender }, recipient: { id: recipient }, timestamp: Date.now(), message }],
    },
  ],
});
const echo = (mid: string, text: string) => page(PAGE, CUSTOMER, { mid, text, is_echo: true, app_id: 42 });

describe("an echo", () => {
  it("of what we are sending is that message; of what we did not send is a reply by device", async () => {
    const world = await makeWorld();
    const channel = await addChannel(world.admin, {
      orgId: world.orgId,
      kind: "messenger",
      settings: { page_id: PAGE, access_token: "token" },
    });
    await receive(page(CUSTOMER, PAGE, { mid: "m.1", text: "hola" }));
    const { conversation, message, outbox } = schema;
    const [row] = await asSystem("test", (tx) =>
      tx.select().from(conversation).where(eq(conversation.channelId, channel.id)),
    );
    const id = row?.id ?? "";
    const sent = await memberWrites(world.admin, id, "¡Hola!");
    await asSystem("test", (tx) =>
      tx.update(outbox).set({ state: "sending", attempts: 1 }).where(eq(outbox.messageId, sent.id)),
    );
    for (const mid of ["m.2", "m.2", "m.3"]) await receive(echo(mid, "¡Hola!"));
    const kept = await asSystem("test", (tx) =>
      tx
        .select({ author: message.authorKind, externalId: message.externalId, delivery: message.delivery })
        .from(message)
        .where(eq(message.conversationId, id))
        .orderBy(message.seq),
    );
    expect(kept).toEqual([
      { author: "contact", externalId: "m.1", delivery: null },
      { author: "member", externalId: "m.2", delivery: "sent" },
      { author: "device", externalId: "m.3", delivery: "sent" },
    ]);
  });
});
