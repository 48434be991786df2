import { eq, sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { changeTag, createField, createTag, deleteTag } from "~/modules/contacts/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { receive } from "../../../../tests/support/webhooks";
import { textMessage, whatsAppBody } from "../../../../tests/support/whatsapp-bodies";
import {
  type Customer,
  connectWhatsapp,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { getTicketFields, setTicketFields } from "../desk/set-ticket-fields.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { getContact, listContacts } from "../lists/read-contacts.server";
import { createContact, updateContact } from "./change-contact.server";
import { getContactPage } from "./get-contact-page.server";
import { listContactHistory } from "./list-contact-history.server";
import { retagRows } from "./retag-rows.server";

withProduct();

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const found = async (q: string) =>
  (await listContacts(world.admin, world.orgId, { q, limit: 50 })).contacts.map(({ name }) => name);
const job = { id: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal };
const asAdmin = <T>(work: Parameters<typeof transact<World["admin"], T>>[2]) =>
  transact(world.admin, { orgId: world.orgId }, work);

describe("a contact", () => {
  it("is made and changed by hand, and is found by name without accents, telephone, address and tag", async () => {
    const made = await createContact(world.agent, world.orgId, {
      name: "Ñandú Pérez",
      phone: "011 15-2345-6789",
      email: "Ana@Example.Test",
      tags: ["Mayorista"],
    });
    expect(made).toMatchObject({ phone: "+541123456789", email: "ana@example.test" });
    for (const q of ["nandu perez", "PÉREZ", "+54 9 11 2345-6789", "2345", "ana@", "mayor"])
      expect(await found(q), q).toEqual(["Ñandú Pérez"]);
    const changed = await updateContact(world.agent, world.orgId, made.id, {
      notes: "debe",
      phone: "+52 1 55 1234 5678",
    });
    expect(changed).toMatchObject({ name: "Ñandú Pérez", notes: "debe", phone: "+5215512345678" });
    expect(await found("+52 55 1234 5678")).toEqual(["Ñandú Pérez"]);
    const wrong = updateContact(world.agent, world.orgId, made.id, { phone: "12" });
    await expect(wrong).rejects.toMatchObject({ code: "contact_phone_invalid", data: { field: "phone" } });
  });

  it("is made once though asked for twice, and an id tells nothing of who is out of sight (TA14)", async () => {
    const input = { id: newId(), name: "Una vez" };
    const made = await createContact(world.agent, world.orgId, input);
    expect(await createContact(world.agent, world.orgId, { ...input, name: "Otra" })).toEqual(made);
    const customer = await makeCustomer(world, "De Ventas");
    await customer.writes("hola");
    const { contact } = await ticketOf(world, customer.conversationId);
    const asked = createContact(world.other, world.orgId, { id: contact.id, name: "Ajeno" });
    await expect(asked).rejects.toMatchObject({ status: 404 });
  });

  it("keeps the organisation's own fields, by their kind alone (TA13)", async () => {
    const orgId = world.orgId;
    await asAdmin((ctx) => createField(ctx, { orgId, subject: "contact", label: "Saldo", kind: "number" }));
    const { id } = await createContact(world.admin, orgId, { name: "Campo", fields: { saldo: "3,5" } });
    expect((await getContact(world.admin, orgId, id)).fields).toEqual({ saldo: 3.5 });
    for (const fields of [{ saldo: "mucho" }, { otro: 1 }, { constructor: 1 }])
      await expect(updateContact(world.admin, orgId, id, { fields })).rejects.toMatchObject({
        code: "field_value_invalid",
      });
  });

  it("of somebody who is blocked stores messages and opens no ticket (R1)", async () => {
    const rosa = await makeCustomer(world, "Bloqueada");
    await updateContact(world.admin, world.orgId, rosa.guest.contactId, { blocked: true });
    await rosa.writes("hola");
    await expect(ticketOf(world, rosa.conversationId)).rejects.toThrow();
    await updateContact(world.admin, world.orgId, rosa.guest.contactId, { blocked: false });
    await rosa.writes("¿y ahora?");
    expect((await ticketOf(world, rosa.conversationId)).contact.name).toBe("Bloqueada");
  });

  it("is one for all WhatsApp variants of its telephone, also one made by hand (pitfall 18)", async () => {
    const { id } = await createContact(world.admin, world.orgId, { name: "Por mano", phone: "+54 11 5555-0199" });
    await connectWhatsapp(world, "77001");
    await connectWhatsapp(world, "77002");
    const writes = (channel: string, from: string) =>
      receive(
        whatsAppBody({
          field: "messages",
          value: {
            metadata: { phone_number_id: channel },
            messages: [textMessage({ from, id: `wamid.${channel}`, timestamp: String(Math.floor(Date.now() / 1000)) })],
          },
        }),
      );
    await writes("77001", "5491155550199");
    await writes("77002", "541155550199");
    const page = await getContactPage(world.admin, world.orgId, id);
    expect(page.doors.map(({ channel }) => channel.kind)).toEqual(["whatsapp", "whatsapp"]);
    expect(page.contact.name).toBe("Por mano");
  });
});

describe("the history of a contact", () => {
  let rosa: Customer;
  beforeAll(async () => {
    rosa = await makeCustomer(world, "Historia");
    await rosa.writes("uno");
    const first = await ticketOf(world, rosa.conversationId);
    await claimTicket(world.agent, first.id);
    await memberWrites(world.agent, rosa.conversationId, "dos");
    await updateTicket(world.agent, first.id, { state: "closed", reason: "solved" });
    await asSystem("test", (tx) =>
      tx.execute(sql`update ticket set closed_at = now() - interval '90 days' where id = ${first.id}`),
    );
    await rosa.writes("tres");
    const second = await ticketOf(world, rosa.conversationId);
    expect(second.id).not.toBe(first.id);
    await claimTicket(world.agent, second.id);
    await updateTicket(world.agent, second.id, { areaId: world.areas.support });
  });
  const read = async (actor: World["admin"], limit = 50) => {
    const texts: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await listContactHistory(actor, world.orgId, rosa.guest.contactId, { cursor, limit });
      texts.unshift(...page.messages.map(({ text }) => text));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return texts;
  };

  it("reads back through all tickets, page by page, without a gap or a repeat", async () => {
    expect(await read(world.admin)).toEqual(["uno", "dos", "tres"]);
    expect(await read(world.admin, 1)).toEqual(["uno", "dos", "tres"]);
    const { tickets } = await listContactHistory(world.admin, world.orgId, rosa.guest.contactId, { limit: 50 });
    const closed = Object.values(tickets).find(({ state }) => state === "closed");
    expect(closed).toMatchObject({ close_reason: "solved", closing: { actor: { name: "Bruno" } } });
  });

  it("shows each member only tickets in sight (TA14)", async () => {
    expect(await read(world.agent)).toEqual(["uno", "dos"]);
    expect(await read(world.other)).toEqual(["tres"]);
    const stranger = await makeWorld();
    await expect(
      listContactHistory(stranger.admin, world.orgId, rosa.guest.contactId, { limit: 1 }),
    ).rejects.toMatchObject({ status: 404 });
    await expect(
      listContactHistory(world.admin, world.orgId, rosa.guest.contactId, { cursor: "x", limit: 1 }),
    ).rejects.toMatchObject({ code: "cursor_invalid" });
  });
});

describe("tags and fields of tickets", () => {
  it("a tag that is renamed or deleted is so on contacts and tickets, in batches that may run twice", async () => {
    const { orgId } = world;
    const rosa = await makeCustomer(world, "Etiquetada");
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    await updateContact(world.admin, orgId, rosa.guest.contactId, { tags: ["vip", "x"] });
    await updateTicket(world.admin, id, { tags: ["vip"] });
    const tag = await asAdmin((ctx) => createTag(ctx, { orgId, name: "vip" }));
    await expect(asAdmin((ctx) => createTag(ctx, { orgId, name: "VIP" }))).rejects.toMatchObject({
      code: "tag_name_taken",
    });
    await asAdmin((ctx) => changeTag(ctx, { orgId, tagId: tag.id, name: "Oro" }));
    const by = { id: world.memberId(world.admin), name: "Ana" };
    for (let n = 0; n < 2; n++) await retagRows.run({ orgId, from: "vip", to: "Oro", by }, job);
    expect((await getContact(world.admin, orgId, rosa.guest.contactId)).tags).toEqual(["Oro", "x"]);
    expect((await ticketOf(world, rosa.conversationId)).tags).toEqual(["Oro"]);
    await asAdmin((ctx) => deleteTag(ctx, { orgId, tagId: tag.id }));
    await retagRows.run({ orgId, from: "Oro", to: null, by }, job);
    expect((await ticketOf(world, rosa.conversationId)).tags).toEqual([]);
    const denied = transact(world.agent, { orgId }, (ctx) => createTag(ctx, { orgId, name: "no" }));
    await expect(denied).rejects.toMatchObject({ status: 403 });
  });

  it("a ticket's own fields are set by who manages it", async () => {
    const { orgId } = world;
    await asAdmin((ctx) =>
      createField(ctx, { orgId, subject: "ticket", label: "Pedido", kind: "choice", options: ["A", "B"] }),
    );
    const rosa = await makeCustomer(world, "Con campo");
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    await expect(setTicketFields(world.other, id, { pedido: "a" })).rejects.toMatchObject({ status: 404 });
    await expect(setTicketFields(world.agent, id, { pedido: "a" })).rejects.toMatchObject({ status: 403 });
    await claimTicket(world.agent, id);
    expect(await setTicketFields(world.agent, id, { pedido: "a" })).toEqual({ pedido: "A" });
    expect((await getTicketFields(world.admin, id)).values).toEqual({ pedido: "A" });
    await expect(setTicketFields(world.agent, id, { pedido: "C" })).rejects.toMatchObject({
      code: "field_value_invalid",
    });
    const [row] = await asSystem("test", (tx) => tx.select().from(schema.ticket).where(eq(schema.ticket.id, id)));
    expect(row?.fields).toEqual({ pedido: "A" });
  });
});
