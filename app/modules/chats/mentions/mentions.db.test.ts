import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { removeFromGroup } from "~/modules/chats/index.server";
import { changeText, getThread, markOwn, markRead, takeBack } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { chatOf, makeDirect, makeGroup, says } from "../../../../tests/support/accounts/chats";
import { withProduct } from "../../../../tests/support/world";

withProduct();

const lastOf = async (...[actor, id]: Parameters<typeof getThread>) => (await getThread(actor, id)).messages.at(-1);
const giveHandle = (accountId: string, handle: string) =>
  asSystem("test", (tx) => tx.update(schema.account).set({ handle }).where(eq(schema.account.id, accountId)));

describe("a text that calls somebody of a group", () => {
  it("says so by name and by handle, and marks the list of who has not read it", async () => {
    const { ana, beto, caro, id } = await makeGroup();
    const handle = `caro${newId().slice(-8)}`;
    await giveHandle(caro.accountId, handle);
    await says(ana, id, `@Beto y @${handle}, ¿vienen?`);
    const mentions = [
      { id: beto.accountId, name: "Beto" },
      { id: caro.accountId, name: handle },
    ];
    expect(await lastOf(beto, id)).toMatchObject({ mentions });
    expect([(await chatOf(beto, id))?.mentioned, (await chatOf(ana, id))?.mentioned]).toEqual([true, false]);
    const { last_seq } = await getThread(beto, id);
    await markRead(beto, id, last_seq);
    expect([(await chatOf(beto, id))?.mentioned, (await chatOf(caro, id))?.mentioned]).toEqual([false, true]);
  });

  it("calls those whom the writer picked and who take part, and nobody by an id alone", async () => {
    const { ana, beto, caro, id } = await makeGroup();
    await says(ana, id, "@Beto", { mentions: [beto.accountId, caro.accountId, newId(), "x"] });
    expect((await lastOf(ana, id))?.mentions).toEqual([{ id: beto.accountId, name: "Beto" }]);
    await removeFromGroup(ana, id, beto.accountId);
    await says(ana, id, "@Beto", { mentions: [beto.accountId] });
    expect(await lastOf(ana, id)).not.toHaveProperty("mentions");
  });

  it("follows an edit, and is gone with the message, or for who hides it", async () => {
    const { ana, beto, caro, id } = await makeGroup();
    const row = await says(ana, id, "@Beto vení");
    await changeText(ana, row.id, "@Caro vení");
    expect((await lastOf(ana, id))?.mentions).toEqual([{ id: caro.accountId, name: "Caro" }]);
    expect([(await chatOf(beto, id))?.mentioned, (await chatOf(caro, id))?.mentioned]).toEqual([false, true]);
    await markOwn(caro, row.id, { hidden: true });
    expect((await chatOf(caro, id))?.mentioned).toBe(false);
    await markOwn(caro, row.id, { hidden: false });
    await changeText(ana, row.id, "nadie");
    expect(await lastOf(ana, id)).not.toHaveProperty("mentions");
    await changeText(ana, row.id, "@Caro");
    await takeBack(ana, row.id);
    expect(await lastOf(ana, id)).not.toHaveProperty("mentions");
    expect((await chatOf(caro, id))?.mentioned).toBe(false);
  });

  it("calls nobody in a direct chat", async () => {
    const { ana, id } = await makeDirect();
    await says(ana, id, "@Beto");
    expect(await lastOf(ana, id)).not.toHaveProperty("mentions");
  });
});
