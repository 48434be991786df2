import { eq } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import {
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { changeText } from "../desk/change-message.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { getContact } from "../lists/read-contacts.server";
import { createContact, updateContact } from "./change-contact.server";
import { findMergedInto, getContactPage } from "./get-contact-page.server";
import { mergeContacts, previewMerge } from "./merge-contacts.server";
import { undoMerge } from "./undo-merge.server";

withProduct();

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

const person = async (name: string) => {
  const customer = await makeCustomer(world, name);
  const first = await customer.writes("hola");
  return { ...customer, id: customer.guest.contactId, first };
};
const contactOf = async (conversationId: string) => (await ticketOf(world, conversationId)).contact.id;

describe("two contacts made one", () => {
  it("move with conversations and live tickets, and are parted exactly but for what changed since", async () => {
    const { orgId, admin } = world;
    const a = await person("Rosa");
    const b = await person("Rosa Paz");
    await updateContact(admin, orgId, a.id, { notes: "de A", phone: "+541155550001" });
    await updateContact(admin, orgId, b.id, { notes: "de B", email: "b@example.test", tags: ["b"] });
    const pair = { keptId: a.id, mergedId: b.id, choices: { notes: "merged" } } as const;
    const preview = await previewMerge(admin, orgId, pair);
    expect(preview.conflicts.map(({ field }) => field)).toEqual(["name", "notes"]);
    expect(preview.moves).toEqual({ channels: 1, tickets: 1 });
    expect((await getContact(admin, orgId, a.id)).notes).toBe("de A");

    const { contact, mergeId } = await mergeContacts(admin, orgId, pair);
    expect(contact).toMatchObject({
      ...pickable(preview.result),
      name: "Rosa",
      notes: "de B",
      email: "b@example.test",
    });
    expect(await contactOf(b.conversationId)).toBe(a.id);
    expect(await findMergedInto(admin, orgId, b.id)).toBe(a.id);
    await expect(getContact(admin, orgId, b.id)).rejects.toMatchObject({ status: 404 });
    // The ticket lives on, and the person's own words stay theirs.
    await b.writes("sigo acá");
    expect((await ticketOf(world, b.conversationId)).state).toBe("open");
    const guest = { ...b.guest, contactId: a.id };
    expect((await changeText(guest, b.first.id, "hola!")).text).toBe("hola!");

    await updateContact(admin, orgId, a.id, { notes: "después" });
    const undone = await undoMerge(admin, orgId, mergeId);
    expect(undone.changedSince).toEqual(["notes"]);
    expect(undone.kept).toMatchObject({ name: "Rosa", notes: "después", email: null, tags: [] });
    expect(undone.parted).toMatchObject({ name: "Rosa Paz", notes: "de B", tags: ["b"] });
    expect(await contactOf(a.conversationId)).toBe(a.id);
    expect(await contactOf(b.conversationId)).toBe(b.id);
    expect(await undoMerge(admin, orgId, mergeId)).toMatchObject({ changedSince: [], stayed: 0 });
  });

  const pickable = ({ phone, email, tags }: { phone: string | null; email: string | null; tags: string[] }) => ({
    phone,
    email,
    tags,
  });

  it("are parted the last first, and never with themselves", async () => {
    const { orgId, admin } = world;
    const [a, b, c] = await Promise.all(
      ["A", "B", "C"].map((name) => createContact(admin, orgId, { name, phone: "+541155550077" })),
    );
    if (!a || !b || !c) throw new Error("no contacts");
    const page = await getContactPage(admin, orgId, a.id);
    expect(page.duplicates.map(({ name }) => name).sort()).toEqual(["B", "C"]);
    await expect(mergeContacts(admin, orgId, { keptId: a.id, mergedId: a.id })).rejects.toMatchObject({
      code: "contact_into_itself",
    });
    const first = await mergeContacts(admin, orgId, { keptId: a.id, mergedId: b.id });
    const second = await mergeContacts(admin, orgId, { keptId: a.id, mergedId: c.id });
    await expect(undoMerge(admin, orgId, first.mergeId)).rejects.toMatchObject({ code: "merge_not_last" });
    await undoMerge(admin, orgId, second.mergeId);
    await undoMerge(admin, orgId, first.mergeId);
    expect((await getContact(admin, orgId, b.id)).name).toBe("B");
  });

  it("lose nothing that is written meanwhile, and no conversation gets a second live ticket", async () => {
    const { orgId, admin } = world;
    const a = await person("Carrera A");
    const b = await person("Carrera B");
    const live = await ticketOf(world, b.conversationId);
    await claimTicket(admin, live.id);
    const texts = Array.from({ length: 12 }, (_, n) => `m${n}`);
    const work = [
      ...texts.map((text, n) => (n % 3 === 2 ? memberWrites(admin, b.conversationId, text) : b.writes(text))),
      mergeContacts(admin, orgId, { keptId: a.id, mergedId: b.id }),
      a.writes("y yo"),
    ];
    await Promise.all(work.sort(() => Math.random() - 0.5));
    const rows = await asSystem("test", (tx) =>
      tx.select().from(schema.message).where(eq(schema.message.conversationId, b.conversationId)),
    );
    expect(rows.map(({ text }) => text).sort()).toEqual(["hola", ...texts].sort());
    expect(new Set(rows.filter(({ authorKind }) => authorKind === "contact").map(({ authorId }) => authorId))).toEqual(
      new Set([a.id]),
    );
    const tickets = await asSystem("test", (tx) =>
      tx.select().from(schema.ticket).where(eq(schema.ticket.conversationId, b.conversationId)),
    );
    expect(tickets.map(({ id, contactId }) => [id, contactId])).toEqual([[live.id, a.id]]);
  });
});

describe("merging as a way to read (TA5)", () => {
  it("needs sight of both, to look, to merge and to part", async () => {
    const { orgId } = world;
    const hidden = await person("Escondida");
    const ticket = await ticketOf(world, hidden.conversationId);
    await claimTicket(world.agent, ticket.id);
    await updateTicket(world.agent, ticket.id, { areaId: world.areas.support });
    const own = await person("Propia");
    for (const pair of [
      { keptId: own.id, mergedId: hidden.id },
      { keptId: hidden.id, mergedId: own.id },
      { keptId: own.id, mergedId: newId() },
    ]) {
      await expect(previewMerge(world.agent, orgId, pair)).rejects.toMatchObject({ status: 404, code: "not_found" });
      await expect(mergeContacts(world.agent, orgId, pair)).rejects.toMatchObject({ status: 404, code: "not_found" });
    }
    const { mergeId } = await mergeContacts(world.admin, orgId, { keptId: own.id, mergedId: hidden.id });
    await expect(undoMerge(world.agent, orgId, mergeId)).rejects.toMatchObject({ status: 404 });
    expect(await contactOf(hidden.conversationId)).toBe(own.id);
    await undoMerge(world.admin, orgId, mergeId);
    const stranger = await makeWorld();
    await expect(undoMerge(stranger.admin, stranger.orgId, mergeId)).rejects.toMatchObject({ status: 404 });
  });
});
