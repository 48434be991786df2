import { sql } from "drizzle-orm";
import pg from "pg";
import { describe, expect, it } from "vitest";
import type { AccountActor, Actor } from "~/modules/accounts";
import { createGroup, removeFromGroup } from "~/modules/chats/index.server";
import { claimTicket, markOwn, openAccountConversation, sendMessage, takeBack } from "~/modules/tickets/index.server";
import { asSystem, database } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { makeDirect, makeGroup, says } from "../../../tests/support/accounts/chats";
import {
  makeAccount,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  withProduct,
} from "../../../tests/support/world";
import { searchChats, searchConversation } from "./index.server";

withProduct();

const inOne = async (actor: Actor, id: string, q: string) =>
  (await searchConversation(actor, id, { q, limit: 50 })).messages.map((m) => m.text);
const inAll = async (actor: AccountActor, q: string) =>
  (await searchChats(actor, { q, limit: 50 })).messages.map((m) => m.text);

describe("a search in one conversation", () => {
  it.each([
    ["camion", ["El CAMIÓN llegó"]],
    ["CAMIÓN", ["El CAMIÓN llegó"]],
    ["lleg el", ["El CAMIÓN llegó"]],
    ["llegar un camiones", ["El CAMIÓN llegó"]],
    ["el lleg", ["El CAMIÓN llegó"]],
    ["llego camion", ["El CAMIÓN llegó"]],
    ["am", []],
    ["nand", ["Ñandú, ¿foo-bar?"]],
    ["foo-ba", ["Ñandú, ¿foo-bar?"]],
    ["bar", ["Ñandú, ¿foo-bar?"]],
    ["www.exa", ["mirá www.example.com/x"]],
    ["%", []],
    ["'); drop table message; --", []],
    ["a & !b | (c <-> d):*", []],
    ["\\ ' \" : * \u0000 \ud800", []],
    ["", []],
    ["🧉", []],
  ])("for %j", async (q, expected) => {
    const { id, ana } = await scene();
    expect(await inOne(ana, id, q)).toEqual(expected);
  });

  let made: Promise<{ ana: AccountActor; id: string }> | undefined;
  function scene() {
    made ??= (async () => {
      const { ana, id } = await makeDirect();
      for (const text of ["El CAMIÓN llegó", "Ñandú, ¿foo-bar?", "mirá www.example.com/x"]) await says(ana, id, text);
      return { ana, id };
    })();
    return made;
  }

  it("finds the newest first, by pages, and counts them all", async () => {
    const { ana, id } = await makeDirect();
    for (const n of [1, 2, 3, 4, 5]) await says(ana, id, `pago ${n}`);
    const first = await searchConversation(ana, id, { q: "pago", limit: 2 });
    expect(first).toMatchObject({ messages: [{ text: "pago 5" }, { text: "pago 4" }], total: 5 });
    const second = await searchConversation(ana, id, { q: "pago", limit: 2, cursor: first.nextCursor });
    const third = await searchConversation(ana, id, { q: "pago", limit: 2, cursor: second.nextCursor });
    expect([...second.messages, ...third.messages].map((m) => m.text)).toEqual(["pago 3", "pago 2", "pago 1"]);
    expect(third.nextCursor).toBeNull();
    await expect(searchConversation(ana, id, { q: "pago", limit: 2, cursor: "1.x" })).rejects.toMatchObject({
      code: "cursor_invalid",
    });
  });

  it("finds what was taken back or hidden no more, and notes for members alone", async () => {
    const { ana, beto, id } = await makeDirect();
    const [one, two] = [await says(ana, id, "secreto uno"), await says(ana, id, "secreto dos")];
    await takeBack(ana, one.id);
    await markOwn(beto, two.id, { hidden: true });
    expect([await inOne(ana, id, "secreto"), await inOne(beto, id, "secreto")]).toEqual([["secreto dos"], []]);
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("mi factura");
    await claimTicket(world.agent, (await ticketOf(world, rosa.conversationId)).id);
    await memberWrites(world.agent, rosa.conversationId, "factura impaga", { visibility: "staff" });
    expect(await inOne(world.agent, rosa.conversationId, "factura")).toEqual(["factura impaga", "mi factura"]);
    expect(await inOne(rosa.guest, rosa.conversationId, "factura")).toEqual(["mi factura"]);
    for (const actor of [world.other, ana, (await makeWorld()).admin])
      await expect(inOne(actor, rosa.conversationId, "factura")).rejects.toMatchObject({ status: 404 });
    const token = { ...ana, token: { id: newId(), scopes: ["*"] } };
    for (const actor of [token, await makeAccount("Eva"), rosa.guest])
      await expect(inOne(actor, id, "secreto")).rejects.toMatchObject({ status: 404 });
  });
});

describe("a search in all of an account's chats", () => {
  it("finds in what it takes part in now, and in nothing else", async () => {
    const { ana, beto, caro, id, direct } = await makeGroup();
    await says(ana, id, "tesoro de grupo");
    await says(ana, direct, "tesoro de a dos");
    const world = await makeWorld();
    const shop = await openAccountConversation(beto, world.handle);
    await says(beto, shop, "tesoro comprado");
    await memberWrites(world.admin, shop, "tesoro anotado", { visibility: "staff" });
    await (await makeCustomer(world)).writes("tesoro ajeno");
    expect(await inAll(beto, "tesoro")).toEqual(["tesoro comprado", "tesoro de a dos", "tesoro de grupo"]);
    const page = await searchChats(beto, { q: "tesoro", limit: 2 });
    const rest = await searchChats(beto, { q: "tesoro", limit: 2, cursor: page.nextCursor });
    expect(rest).toMatchObject({ messages: [{ text: "tesoro de grupo" }], total: 3, nextCursor: null });
    expect(await inAll(caro, "tesoro")).toEqual(["tesoro de grupo"]);
    await removeFromGroup(ana, id, caro.accountId);
    expect(await inAll(caro, "tesoro")).toEqual([]);
    expect(await inAll(world.admin, "tesoro")).toEqual([]);
    expect(await inAll(await makeAccount("Eva"), "tesoro")).toEqual([]);
  });

  it("by a token looks in the organisation's groups alone, with the scope", async () => {
    const world = await makeWorld();
    const group = await createGroup(world.admin, { title: "Turno", accountIds: [], orgId: world.orgId });
    await says(world.admin, group, "tesoro del turno");
    const shop = await openAccountConversation(world.admin, (await makeWorld()).handle);
    await sendMessage(world.admin, {
      conversationId: shop,
      clientId: newId(),
      text: "tesoro mío",
      visibility: "public",
    });
    const token = (scopes: string[]) => ({ ...world.admin, token: { id: newId(), scopes } });
    expect(await inAll(world.admin, "tesoro")).toHaveLength(2);
    expect(await inAll(token(["messages:read"]), "tesoro")).toEqual(["tesoro del turno"]);
    await expect(inAll(token(["messages:write"]), "tesoro")).rejects.toMatchObject({ code: "missing_scope" });
  });

  it("that takes too long is refused in words of its own", async () => {
    const { ana, id } = await makeDirect();
    const blocker = new pg.Client({ connectionString: database().url });
    await blocker.connect();
    try {
      await blocker.query("begin");
      await blocker.query("lock table message_mark in access exclusive mode");
      const search = searchConversation(ana, id, { q: "hola", limit: 9 });
      await expect(search).rejects.toMatchObject({ code: "search_too_slow", status: 503, retryable: true });
    } finally {
      await blocker.end();
    }
    expect(await inOne(ana, id, "hola")).toEqual(["hola"]);
    await asSystem("test", (tx) => tx.execute(sql`select 1`));
  });
});
