import { describe, expect, it } from "vitest";
import { blockAccount, removeFromGroup } from "~/modules/chats/index.server";
import { newId } from "~/platform/ids";
import { makeDirect, makeGroup, says } from "../../../../tests/support/accounts/chats";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { claimTicket, forwardMessage, getThread, markOwn, takeBack } from "../index.server";

withProduct();

const texts = async (...[actor, id]: Parameters<typeof getThread>) =>
  (await getThread(actor, id)).messages.map((m) => `${m.forwarded ? "» " : ""}${m.text}`);

describe("passing a message on", () => {
  it("writes it anew to each chat, said to be so, once for each key, and calls nobody", async () => {
    const { ana, beto, caro, id, direct } = await makeGroup();
    const row = await says(caro, id, "@Beto la receta");
    const [one, other] = [newId(), newId()];
    const sent = await forwardMessage(beto, row.id, [direct, id], [one, other]);
    expect(sent.map(({ code, message }) => [code, message?.author.name, message?.forwarded])).toEqual([
      [null, "Beto", true],
      [null, "Beto", true],
    ]);
    await forwardMessage(beto, row.id, [direct, id], [one, other]);
    expect(await texts(ana, direct)).toEqual(["hola", "» @Beto la receta"]);
    const last = (await getThread(ana, id)).messages.at(-1);
    expect(last).toMatchObject({ client_id: other, forwarded: true });
    expect(last).not.toHaveProperty("mentions");
  });

  it("tells of each chat that refuses, and reaches the others", async () => {
    const { ana, beto, id, direct } = await makeGroup();
    const row = await says(ana, id, "para todos");
    const foreign = await makeDirect();
    await blockAccount(beto, ana.accountId, true);
    const targets = [direct, foreign.id, newId(), id];
    const sent = await forwardMessage(
      ana,
      row.id,
      targets,
      targets.map(() => newId()),
    );
    expect(sent.map(({ code }) => code)).toEqual(["chat_closed", "not_found", "not_found", null]);
    expect(await texts(foreign.ana, foreign.id)).toEqual(["hola"]);
  });

  it("is for who sees the message: not for strangers, who left, who hid it, or a token of their own chats", async () => {
    const { ana, beto, caro, id, direct } = await makeGroup();
    const row = await says(ana, id, "nuestro");
    const mine = await makeDirect();
    await removeFromGroup(ana, id, caro.accountId);
    await markOwn(beto, row.id, { hidden: true });
    const token = { ...ana, token: { id: newId(), scopes: ["*"] } };
    for (const actor of [mine.ana, caro, beto, token, (await makeWorld()).admin])
      await expect(forwardMessage(actor, row.id, [mine.id], [newId()])).rejects.toMatchObject({ status: 404 });
    const notice = (await getThread(ana, id)).messages.find((m) => m.kind === "system")?.id ?? "";
    await expect(forwardMessage(ana, notice, [direct], [newId()])).rejects.toMatchObject({
      code: "nothing_to_forward",
    });
    await takeBack(ana, row.id);
    await expect(forwardMessage(ana, row.id, [direct], [newId()])).rejects.toMatchObject({
      code: "nothing_to_forward",
    });
  });

  it.each([
    ["no chat", [], []],
    ["more than ten", Array.from({ length: 11 }, newId), Array.from({ length: 11 }, newId)],
    ["a key too few", [newId(), newId()], [newId()]],
    ["a key that is none", [newId()], ["x"]],
  ])("to %s is no request", async (_, chats, keys) => {
    const { ana, id } = await makeDirect();
    const row = await says(ana, id, "x");
    await expect(forwardMessage(ana, row.id, chats, keys)).rejects.toMatchObject({ code: "invalid_request" });
    await expect(forwardMessage(ana, row.id, [id, id], [newId(), newId()])).rejects.toMatchObject({
      code: "invalid_request",
    });
  });

  it("of a customer's words goes to colleagues and to other customers, a note nowhere; guests pass nothing on", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const tito = await makeCustomer(world, "Tito");
    const hers = await rosa.writes("se rompió");
    await tito.writes("hola");
    for (const { conversationId } of [rosa, tito])
      await claimTicket(world.agent, (await ticketOf(world, conversationId)).id);
    const note = await memberWrites(world.agent, rosa.conversationId, "morosa", { visibility: "staff" });
    const [sent] = await forwardMessage(world.agent, hers.id, [tito.conversationId], [newId()]);
    expect(sent).toMatchObject({
      code: null,
      message: { author: { kind: "member" }, forwarded: true, text: "se rompió" },
    });
    const to = [tito.conversationId];
    await expect(forwardMessage(world.agent, note.id, to, [newId()])).rejects.toMatchObject({
      code: "nothing_to_forward",
    });
    await expect(forwardMessage(rosa.guest, hers.id, to, [newId()])).rejects.toMatchObject({ status: 403 });
    await expect(forwardMessage(tito.guest, hers.id, to, [newId()])).rejects.toMatchObject({ status: 404 });
    const reader = { ...world.agent, token: { id: newId(), scopes: ["messages:read"] } };
    await expect(forwardMessage(reader, hers.id, to, [newId()])).rejects.toMatchObject({ code: "missing_scope" });
  });
});
