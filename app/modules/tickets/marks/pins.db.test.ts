import { describe, expect, it } from "vitest";
import type { Actor } from "~/modules/accounts";
import { blockAccount, removeFromGroup, setGroupRole } from "~/modules/chats/index.server";
import { newId } from "~/platform/ids";
import { makeDirect, makeGroup, says } from "../../../../tests/support/accounts/chats";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  withProduct,
} from "../../../../tests/support/world";
import { claimTicket, getPinned, getThread, listConversationChanges, pin, takeBack } from "../index.server";

withProduct();

const pinned = async (actor: Actor, id: string) => (await getPinned(actor, id)).map((m) => m.text);

describe("what a conversation keeps at its head", () => {
  it("is for all, in order, counts as a change, and ends when it is taken off or taken back", async () => {
    const { ana, beto, id } = await makeDirect();
    const [one, two] = [await says(ana, id, "uno"), await says(beto, id, "dos")];
    const { rev } = await getThread(beto, id);
    await pin(beto, two.id, true);
    await pin(ana, one.id, true);
    await pin(ana, one.id, true);
    expect(await pinned(ana, id)).toEqual(["dos", "uno"]);
    const { changes } = await listConversationChanges(beto, id, { after: rev, limit: 9 });
    expect(changes.map(({ kind, message }) => [kind, message?.pinned_at !== null])).toEqual([
      ["message.pinned", true],
      ["message.pinned", true],
    ]);
    await pin(ana, two.id, false);
    expect(await pinned(beto, id)).toEqual(["uno"]);
    await takeBack(ana, one.id);
    expect(await pinned(beto, id)).toEqual([]);
    await expect(pin(ana, one.id, true)).rejects.toMatchObject({ code: "message_deleted" });
  });

  it("is at most twenty", async () => {
    const { ana, id } = await makeDirect();
    const rows = [];
    for (let at = 0; at <= 20; at++) rows.push(await says(ana, id, `${at}`));
    for (const row of rows.slice(0, 20)) await pin(ana, row.id, true);
    await expect(pin(ana, rows[20]?.id ?? "", true)).rejects.toMatchObject({ code: "too_many_pinned", status: 422 });
    await pin(ana, rows[0]?.id ?? "", false);
    await pin(ana, rows[20]?.id ?? "", true);
    expect((await pinned(ana, id)).at(-1)).toBe("20");
  });

  it("is for a group's owner and admins to say, and for nobody outside", async () => {
    const { ana, beto, caro, id } = await makeGroup();
    const row = await says(caro, id, "lista de compras");
    await expect(pin(caro, row.id, true)).rejects.toMatchObject({ code: "forbidden", status: 403 });
    await setGroupRole(ana, id, beto.accountId, "admin");
    await pin(beto, row.id, true);
    expect(await pinned(caro, id)).toEqual(["lista de compras"]);
    await removeFromGroup(ana, id, beto.accountId);
    const token = { ...ana, token: { id: newId(), scopes: ["*"] } };
    for (const actor of [beto, token, await makeAccount("Eva"), (await makeWorld()).admin]) {
      await expect(pin(actor, row.id, false)).rejects.toMatchObject({ status: 404 });
      await expect(getPinned(actor, id)).rejects.toMatchObject({ status: 404 });
    }
    const notice = (await getThread(ana, id)).messages.find((m) => m.kind === "system")?.id ?? "";
    await expect(pin(ana, notice, true)).rejects.toMatchObject({ status: 403 });
  });

  it("does not change in a chat that is closed", async () => {
    const { ana, beto, id } = await makeDirect();
    const row = await says(ana, id, "uno");
    await blockAccount(beto, ana.accountId, true);
    await expect(pin(ana, row.id, true)).rejects.toMatchObject({ code: "chat_closed" });
  });

  it("with a customer is for members to say; the customer sees no note there", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const hers = await rosa.writes("mi dirección");
    await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
    const note = await memberWrites(world.agent, rosa.conversationId, "morosa", { visibility: "staff" });
    await pin(world.agent, hers.id, true);
    await pin(world.agent, note.id, true);
    expect(await pinned(world.admin, rosa.conversationId)).toEqual(["mi dirección", "morosa"]);
    expect(await pinned(rosa.guest, rosa.conversationId)).toEqual(["mi dirección"]);
    await expect(pin(rosa.guest, hers.id, false)).rejects.toMatchObject({ status: 403 });
    const reader = { ...world.agent, token: { id: newId(), scopes: ["messages:read"] } };
    await expect(pin(reader, hers.id, false)).rejects.toMatchObject({ code: "missing_scope" });
  });
});
