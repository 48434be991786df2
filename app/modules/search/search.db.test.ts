import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import type { Actor } from "~/modules/accounts";
import {
  changeText,
  claimTicket,
  createContact,
  markOwn,
  takeBack,
  updateTicket,
} from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, type World, withProduct } from "../../../tests/support/world";
import { searchContacts, searchMessages, searchTickets } from "./index.server";
import type { MessageQuestion } from "./search-messages.server";

withProduct();

const texts = async (actor: Actor, { orgId }: World, q: string, more: Partial<MessageQuestion> = {}) =>
  (await searchMessages(actor, orgId, { q, limit: 50, ...more })).messages.map(({ message }) => message.text);
const names = async (actor: Actor, { orgId }: World, q: string) =>
  (await searchContacts(actor, orgId, { q, limit: 50 })).contacts.map(({ name }) => name);
const numbers = async (actor: Actor, { orgId }: World, q: string) =>
  (await searchTickets(actor, orgId, { q, limit: 50 })).tickets.map(({ number }) => number);

const HOSTILE = [
  "'); drop table message; --",
  "a & !b | (c <-> d):*",
  "\\ ' \" : * \u0000 \ud800",
  "%' or '1'='1",
  "%",
  "$$; select pg_sleep(9)",
  "",
  "🧉",
];

describe("messages", () => {
  let made: Promise<World> | undefined;
  function scene() {
    made ??= (async () => {
      const world = await makeWorld();
      const rosa = await makeCustomer(world);
      for (const text of [
        "La facturación de MARZO",
        "dos facturas",
        "No funciona la ligação",
        "Ñandú, 12.500 a x@y.com",
      ])
        await rosa.writes(text);
      return world;
    })();
    return made;
  }

  it.each([
    ["facturas", ["dos facturas", "La facturación de MARZO"]],
    ["FACTURACIÓN", ["dos facturas", "La facturación de MARZO"]],
    // Without its accent PostgreSQL 15 knows no ending in it: the word itself is found.
    ["facturacion marzo", ["La facturación de MARZO"]],
    ["la factura", ["dos facturas", "La facturación de MARZO"]],
    ["ligacao", ["No funciona la ligação"]],
    ["funcionar", ["No funciona la ligação"]],
    ["nand", ["Ñandú, 12.500 a x@y.com"]],
    ["12.500", ["Ñandú, 12.500 a x@y.com"]],
    ["x@y.com", ["Ñandú, 12.500 a x@y.com"]],
    ["actura", []],
    ...HOSTILE.map((one) => [one, []] as [string, string[]]),
  ])("%j are found by stem, accent or beginning, and nothing else is (TG6)", async (q, expected) => {
    const world = await scene();
    expect(await texts(world.admin, world, q)).toEqual(expected);
  });

  it("come by pages, the newest first, none twice and none left out", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    for (let n = 1; n <= 7; n++) await rosa.writes(`pago ${n}`);
    // Some in older stretches of time.
    for (const [n, days] of [
      ["1", 900],
      ["2", 200],
      ["3", 7],
    ] as const)
      await asSystem("test", (tx) =>
        tx
          .update(schema.message)
          .set({ createdAt: new Date(Date.now() - days * 86_400_000) })
          .where(eq(schema.message.text, `pago ${n}`)),
      );
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await searchMessages(world.admin, world.orgId, { q: "pagos", limit: 2, cursor });
      found.push(...page.messages.map(({ message }) => message.text));
      cursor = page.nextCursor;
    } while (cursor);
    expect(found).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `pago ${n}`));
    const cursors = ["1.x", "x", `1.${newId()}'`];
    for (const wrong of cursors)
      await expect(texts(world.admin, world, "pago", { cursor: wrong })).rejects.toMatchObject({
        code: "cursor_invalid",
      });
  });

  it("are found by whoever sees the conversation, in which they are not hidden, taken back or edited away (TA14)", async () => {
    const world = await makeWorld();
    const { admin, agent, other } = world;
    const rosa = await makeCustomer(world);
    const said = await rosa.writes("el secreto");
    const ticket = await ticketOf(world, rosa.conversationId);
    const all = () => Promise.all([admin, agent, other].map((one) => texts(one, world, "secreto")));
    expect(await all()).toEqual([["el secreto"], ["el secreto"], []]);
    await asSystem("test", (tx) =>
      tx.update(schema.area).set({ visibility: "private" }).where(eq(schema.area.id, world.areas.support)),
    );
    await updateTicket(admin, ticket.id, { areaId: world.areas.support });
    const outsider = { ...admin, memberships: admin.memberships.map((one) => ({ ...one, areaIds: [] })) };
    expect([...(await all()), await texts(outsider, world, "secreto")]).toEqual([
      ["el secreto"],
      [],
      ["el secreto"],
      [],
    ]);
    const called = { orgId: world.orgId, ticketId: ticket.id, memberId: world.memberId(agent) };
    await asSystem("test", (tx) => tx.insert(schema.ticketReader).values(called));
    expect(await texts(agent, world, "secreto")).toEqual(["el secreto"]);
    await markOwn(agent, said.id, { hidden: true });
    expect(await texts(agent, world, "secreto")).toEqual([]);
    await changeText(rosa.guest, said.id, "otra cosa");
    expect([await texts(other, world, "secreto"), await texts(other, world, "cosas")]).toEqual([[], ["otra cosa"]]);
    await takeBack(rosa.guest, said.id);
    expect(await texts(other, world, "cosa")).toEqual([]);
    for (const stranger of [(await makeWorld()).admin, rosa.guest])
      await expect(texts(stranger, world, "secreto")).rejects.toMatchObject({ status: 404 });
    const token = { ...admin, token: { id: newId(), scopes: ["contacts:read"] } };
    await expect(texts(token, world, "secreto")).rejects.toMatchObject({ code: "missing_scope" });
  });

  it("of notes and of a history that was kept back are for those who may read them (TA15)", async () => {
    const world = await makeWorld();
    const { admin, agent, other } = world;
    const rosa = await makeCustomer(world);
    await rosa.writes("reclamo viejo");
    const ticket = await ticketOf(world, rosa.conversationId);
    await claimTicket(agent, ticket.id);
    await memberWrites(agent, rosa.conversationId, "reclamo: nota", { visibility: "staff" });
    expect(await texts(agent, world, "reclamo", { notes: true })).toEqual(["reclamo: nota"]);
    expect(await texts(agent, world, "reclamo", { notes: false })).toEqual(["reclamo viejo"]);
    await updateTicket(agent, ticket.id, {
      areaId: world.areas.support,
      shareHistory: false,
      note: "reclamo: resumen",
    });
    expect(await texts(other, world, "reclamo")).toEqual(["reclamo: resumen"]);
    expect(await texts(admin, world, "reclamo")).toHaveLength(3);
    await expect(texts(rosa.guest, world, "reclamo")).rejects.toMatchObject({ status: 404 });
  });

  it("are narrowed by what their ticket says, and by days", async () => {
    const world = await makeWorld();
    const { agent, admin } = world;
    const rosa = await makeCustomer(world);
    await rosa.writes("presupuesto");
    const ticket = await ticketOf(world, rosa.conversationId);
    await updateTicket(admin, ticket.id, { assigneeId: world.memberId(agent), tags: ["vip"] });
    const by = (filter: MessageQuestion["filter"]) => texts(admin, world, "presupuesto", { filter });
    const { areas } = world;
    const right: MessageQuestion["filter"][] = [
      { areaId: areas.sales },
      { assignee: world.memberId(agent) },
      { channelId: ticket.channel.id },
      { contactId: ticket.contact.id },
      { state: "open" },
      { tag: "vip" },
      { from: "2020-01-01", to: "2999-01-01" },
    ];
    for (const filter of right) expect(await by(filter)).toEqual(["presupuesto"]);
    const wrong: MessageQuestion["filter"][] = [
      { areaId: areas.support },
      { assignee: "none" },
      { channelId: newId() },
      { contactId: newId() },
      { state: "closed" },
      { tag: "otra" },
      { to: "2020-01-01" },
      { from: "2999-01-01" },
    ];
    for (const filter of wrong) expect(await by(filter)).toEqual([]);
  });
});

describe("contacts", () => {
  it("are found by beginnings in any order, telephone, address and with a slip of the pen", async () => {
    const world = await makeWorld();
    const { admin, orgId } = world;
    await createContact(admin, orgId, { name: "María José González", phone: "+595981123456", email: "majo@casa.test" });
    await createContact(admin, orgId, { name: "Pedro Benítez" });
    const asked = [
      "gonz",
      "GONZÁLEZ maría",
      "jose mar",
      "gonzales",
      "gonsalez",
      "981123",
      "+595 981 123456",
      "majo@casa",
    ];
    for (const q of asked) expect([q, await names(admin, world, q)]).toEqual([q, ["María José González"]]);
    expect(await names(admin, world, "benites")).toEqual(["Pedro Benítez"]);
    for (const q of ["gomez", "zz", ...HOSTILE]) expect([q, await names(admin, world, q)]).toEqual([q, []]);
    const other = await makeWorld();
    expect(await names(other.admin, other, "gonz")).toEqual([]);
    await expect(names(other.admin, world, "gonz")).rejects.toMatchObject({ status: 404 });
  });

  it("and their tickets are found by those who see them; a number names one (TA14)", async () => {
    const world = await makeWorld();
    const { admin, agent, other } = world;
    const rosa = await makeCustomer(world, "Ramona Villalba");
    await rosa.writes("hola");
    const { number } = await ticketOf(world, rosa.conversationId);
    for (const q of ["ramona", "vilalba", `#${number}`, `${number}`]) {
      const seen = await Promise.all([admin, agent, other].map((one) => numbers(one, world, q)));
      expect([q, ...seen]).toEqual([q, [number], [number], []]);
    }
    expect(await Promise.all([agent, other].map((one) => names(one, world, "ramona")))).toEqual([
      ["Ramona Villalba"],
      [],
    ]);
    for (const q of HOSTILE) expect(await numbers(admin, world, q)).toEqual([]);
  });

  it("come by pages, the best first", async () => {
    const world = await makeWorld();
    for (const name of ["Ana Lía", "Lía Ana", "Ana", "Anabel"]) await createContact(world.admin, world.orgId, { name });
    const page = (cursor: string | null) => searchContacts(world.admin, world.orgId, { q: "ana", limit: 3, cursor });
    const first = await page(null);
    const second = await page(first.nextCursor);
    expect([first.contacts.length, second.contacts.length, second.nextCursor]).toEqual([3, 1, null]);
    expect(new Set([...first.contacts, ...second.contacts].map(({ id }) => id)).size).toBe(4);
    await expect(page("1.x")).rejects.toMatchObject({ code: "cursor_invalid" });
  });
});
