import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { getContact, listContacts } from "./read-contacts.server";

withProduct();

let world: World;
let rosa: Customer;
beforeAll(async () => {
  world = await makeWorld();
  rosa = await makeCustomer(world, "Rosa 100%");
  await rosa.writes("hola");
  await makeCustomer(world, "Silencio");
});

const names = async (actor: World["admin"], q?: string) =>
  (await listContacts(actor, world.orgId, { q, limit: 50 })).contacts.map(({ name }) => name);

describe("the contacts that a member sees (R10)", () => {
  it("are an admin's all, and an agent's those whose tickets the agent sees, and those without any", async () => {
    expect(await names(world.admin)).toEqual(["Silencio", "Rosa 100%"]);
    expect(await names(world.agent)).toEqual(["Silencio", "Rosa 100%"]);
    expect(await names(world.other)).toEqual(["Silencio"]);
    const id = rosa.guest.contactId;
    expect(await getContact(world.agent, world.orgId, id)).toMatchObject({ id, name: "Rosa 100%", tags: [] });
    for (const [actor, contactId] of [
      [world.other, id],
      [world.admin, newId()],
      [world.admin, "1"],
    ] as const) {
      await expect(getContact(actor, world.orgId, contactId)).rejects.toMatchObject({ status: 404, code: "not_found" });
    }
  });

  it("move with the tickets (TA14)", async () => {
    const customer = await makeCustomer(world, "Viajera");
    await customer.writes("hola");
    const { id } = await ticketOf(world, customer.conversationId);
    await claimTicket(world.agent, id);
    await updateTicket(world.agent, id, { areaId: world.areas.support });
    expect(await names(world.agent)).not.toContain("Viajera");
    expect(await names(world.other)).toContain("Viajera");
  });
});

describe("the list", () => {
  it("finds by part of a name, telephone or address, taken literally", async () => {
    const { contactId } = rosa.guest;
    await asSystem("test", (tx) =>
      tx
        .update(schema.contact)
        .set({ phone: "+5491155550101", email: "rosa@example.test" })
        .where(eq(schema.contact.id, contactId)),
    );
    for (const q of ["ROSA", "00%", "115555", "rosa@"]) expect(await names(world.admin, q), q).toEqual(["Rosa 100%"]);
    for (const q of ["%x", "_osa", "\\"]) expect(await names(world.admin, q), q).toEqual([]);
  });

  it("pages without a gap or a repeat", async () => {
    const all = await names(world.admin);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listContacts(world.admin, world.orgId, { cursor, limit: 1 });
      paged.push(...page.contacts.map(({ name }) => name));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(paged).toEqual(all);
    await expect(listContacts(world.admin, world.orgId, { cursor: "x", limit: 1 })).rejects.toMatchObject({
      code: "cursor_invalid",
    });
  });
});
