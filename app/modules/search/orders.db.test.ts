import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { createContact, eraseContact, requestErasure } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, type World, withProduct } from "../../../tests/support/world";
import type { SearchSort } from "./index";
import { searchChats, searchContacts, searchConversation, searchMessages, searchTickets } from "./index.server";

withProduct();

type Page<T> = { found: T[]; nextCursor: string | null };

/** All pages of two, put together. */
async function whole<T>(ask: (cursor: string | null) => Promise<Page<T>>): Promise<T[]> {
  const all: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await ask(cursor);
    expect(page.found.length).toBeLessThanOrEqual(2);
    all.push(...page.found);
    cursor = page.nextCursor;
  } while (cursor);
  return all;
}

describe("the order that was asked for", () => {
  const messagesOf = ({ admin, orgId }: World, q: string, sort?: SearchSort) =>
    whole(async (cursor) => {
      const { messages, nextCursor } = await searchMessages(admin, orgId, { q, sort, cursor, limit: 2 });
      return { found: messages.map(({ message }) => message.text), nextCursor };
    });

  it("of messages: those that say it most, or the newest", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const texts = [
      "pago, pago y otra vez pago",
      "un pago entre muchas otras palabras que nada dicen de plata ni de bancos",
      "el pago",
    ];
    for (const text of texts) await rosa.writes(text);
    expect(await messagesOf(world, "pago", "relevance")).toEqual([texts[2], texts[0], texts[1]]);
    for (const sort of ["newest", undefined] as const)
      expect(await messagesOf(world, "pago", sort)).toEqual([...texts].reverse());
    for (const cursor of ["1.x", `${Date.now()}.${world.orgId}`])
      await expect(
        searchMessages(world.admin, world.orgId, { q: "pago", sort: "relevance", cursor, limit: 2 }),
      ).rejects.toMatchObject({ code: "cursor_invalid" });
  });

  it("of tickets and contacts: those whose name fits best, or the last active and the youngest", async () => {
    const world = await makeWorld();
    const { admin, other, orgId } = world;
    const numbers: Record<string, number> = {};
    for (const name of ["Ana", "Anabel Soto Martínez", "Lía Ana"]) {
      const customer = await makeCustomer(world, name);
      await customer.writes("hola");
      numbers[name] = (await ticketOf(world, customer.conversationId)).number;
    }
    const ticketsOf = (by: World["admin"], sort?: SearchSort) =>
      whole(async (cursor) => {
        const { tickets, nextCursor } = await searchTickets(by, orgId, { q: "ana", sort, cursor, limit: 2 });
        return { found: tickets.map(({ number }) => number), nextCursor };
      });
    const namesOf = (sort?: SearchSort) =>
      whole(async (cursor) => {
        const { contacts, nextCursor } = await searchContacts(admin, orgId, { q: "ana", sort, cursor, limit: 2 });
        return { found: contacts.map(({ name }) => name), nextCursor };
      });
    const [youngest, best] = [await namesOf("newest"), await namesOf()];
    expect(youngest).toEqual(["Lía Ana", "Anabel Soto Martínez", "Ana"]);
    expect(best.at(-1)).toBe("Lía Ana");
    expect(await namesOf("relevance")).toEqual(best);
    expect(await ticketsOf(admin, "relevance")).toEqual(best.map((name) => numbers[name]));
    expect(await ticketsOf(admin, "newest")).toEqual(youngest.map((name) => numbers[name]));
    expect(await ticketsOf(other, "relevance")).toEqual([]);
  });
});

it("an erased contact's name and words are found by no search (TK5)", async () => {
  const world = await makeWorld();
  const { admin, orgId } = world;
  const rosa = await makeCustomer(world, "Canario Dorado");
  await rosa.writes("el canario perdido");
  await memberWrites(admin, rosa.conversationId, "nota de canario", { visibility: "staff" });
  const { number } = await ticketOf(world, rosa.conversationId);
  await createContact(admin, orgId, { name: "Canarias SA" });
  const page = { q: "canario", limit: 9 };
  const found = async () => ({
    messages: (await searchMessages(admin, orgId, page)).messages.length,
    ranked: (await searchMessages(admin, orgId, { ...page, sort: "relevance" })).messages.length,
    contacts: (await searchContacts(admin, orgId, page)).contacts.map(({ name }) => name),
    tickets: (await searchTickets(admin, orgId, page)).tickets.map((one) => one.number),
    conversation: (await searchConversation(admin, rosa.conversationId, page)).total,
    chats: (await searchChats(admin, page)).total,
  });
  expect(await found()).toEqual({
    ...{ messages: 2, ranked: 2, contacts: ["Canario Dorado"], tickets: [number], conversation: 2, chats: 0 },
  });
  const erasureId = await requestErasure(admin, orgId, {
    ...{ contactId: rosa.guest.contactId, typedName: "Canario Dorado", reason: "Ley 25.326" },
  });
  await eraseContact.run(
    { erasureId },
    { id: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal },
  );
  // What is left is like the word, and is somebody else.
  expect(await found()).toEqual({
    ...{ messages: 0, ranked: 0, contacts: ["Canarias SA"], tickets: [], conversation: 0, chats: 0 },
  });
  const { rows } = await asSystem("test", (tx) =>
    tx.execute(sql`select 1 from message where org_id = ${orgId} and search_words(text) @@ 'canari'::tsquery`),
  );
  expect(rows).toEqual([]);
});
