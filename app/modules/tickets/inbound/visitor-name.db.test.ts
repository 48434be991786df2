import { randomUUID } from "node:crypto";
import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { makeWorld, withProduct } from "../../../../tests/support/world";
import { openGuestConversation } from "./open-customer-conversation.server";

withProduct();

describe("the name that a page gives its visitor", () => {
  it("meets one conversation when the form is sent twice, and no longer opens it after ten minutes", async () => {
    const { handle } = await makeWorld();
    const visitor = randomUUID();
    const first = await openGuestConversation(handle, { visitor });
    expect((await openGuestConversation(handle, { visitor })).conversationId).toBe(first.conversationId);
    const { identityAddress } = schema;
    await asSystem("test", (tx) =>
      tx
        .update(identityAddress)
        .set({ createdAt: new Date(Date.now() - 11 * 60_000) })
        .where(eq(identityAddress.key, visitor)),
    );
    const later = await openGuestConversation(handle, { visitor });
    expect(later.conversationId).not.toBe(first.conversationId);
    expect(later.guest.contactId).not.toBe(first.guest.contactId);
  });

  it("means nothing at another organisation", async () => {
    const [one, two] = await Promise.all([makeWorld(), makeWorld()]);
    const visitor = randomUUID();
    const mine = await openGuestConversation(one.handle, { visitor });
    expect((await openGuestConversation(two.handle, { visitor })).conversationId).not.toBe(mine.conversationId);
  });
});
