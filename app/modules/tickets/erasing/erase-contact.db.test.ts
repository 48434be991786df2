import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { beforeAll, describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { receive } from "../../../../tests/support/webhooks";
import { textMessage, whatsAppBody } from "../../../../tests/support/whatsapp-bodies";
import {
  connectWhatsapp,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { createContact, updateContact } from "../contacts/change-contact.server";
import { mergeContacts } from "../contacts/merge-contacts.server";
import { changeText } from "../desk/change-message.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { saveDraft } from "../later/save-draft.server";
import { scheduleMessage } from "../later/schedule-message.server";
import { eraseContact } from "./erase-contact.server";
import { proofLines } from "./erasure-proof.server";
import { getErasure, requestErasure } from "./request-erasure.server";

withProduct();

const CANARY = "canariodorado";
const job = { id: "1", attempt: 1, lastAttempt: false, signal: new AbortController().signal };

let world: World;
beforeAll(async () => {
  world = await makeWorld();
});

/** The tables, of the product and of its jobs, in which the canary stands. */
async function whereFound(): Promise<string[]> {
  return asSystem("test", async (tx) => {
    const { rows: tables } = await tx.execute<{ s: string; t: string }>(sql`select schemaname as s, tablename as t
      from pg_tables where schemaname = 'public'`);
    const found: string[] = [];
    for (const { s, t } of tables) {
      const table = sql`${sql.identifier(s)}.${sql.identifier(t)}`;
      const hex = `%${Buffer.from(CANARY).toString("hex")}%`;
      const { rows } = await tx.execute(
        sql`select 1 from ${table} row where row::text ilike ${`%${CANARY}%`} or row::text like ${hex} limit 1`,
      );
      if (rows.length > 0) found.push(t);
    }
    return found.sort();
  });
}

describe("a person's data, deleted on request (TK5)", () => {
  it("are in no table any more, and tickets keep their numbers", async () => {
    const { orgId, admin } = world;
    const rosa = await makeCustomer(world, CANARY);
    const message = await rosa.writes(`${CANARY} hola`);
    await changeText(rosa.guest, message.id, `${CANARY} corregido`);
    const ticket = await ticketOf(world, rosa.conversationId);
    await claimTicket(admin, ticket.id);
    await memberWrites(admin, rosa.conversationId, `Hola ${CANARY}`);
    await memberWrites(admin, rosa.conversationId, `nota ${CANARY}`, { visibility: "staff" });
    await saveDraft(admin, rosa.conversationId, { text: CANARY });
    const later = new Date(Date.now() + 3_600_000);
    await scheduleMessage(admin, {
      conversationId: rosa.conversationId,
      clientId: newId(),
      text: CANARY,
      sendAt: later,
    });
    const contactId = rosa.guest.contactId;
    await updateContact(admin, orgId, contactId, { notes: CANARY, email: `${CANARY}@x.test`, tags: [CANARY] });
    const twin = await createContact(admin, orgId, { name: `${CANARY} bis` });
    await mergeContacts(admin, orgId, { keptId: contactId, mergedId: twin.id });
    await updateTicket(admin, ticket.id, { state: "closed", reason: CANARY });
    await onWhatsapp(contactId);
    const file = {
      id: newId(),
      orgId,
      conversationId: rosa.conversationId,
      messageId: message.id,
      sha256: "0".repeat(64),
    };
    await asSystem("test", async (tx) => {
      await tx.insert(schema.file).values({ ...file, size: 3, kind: "file", mime: "text/plain", name: CANARY });
      const problems = [{ line: 2, column: "email", code: "x", value: `${CANARY}@x.test` }];
      const counts = { dryRun: false, lines: 1, created: 0, updated: 0, byName: "Ana", fileName: "c.csv" };
      await tx.insert(schema.contactImport).values({ id: newId(), orgId, ...counts, problems, createdAt: new Date() });
    });
    expect((await whereFound()).length).toBeGreaterThan(8);

    const ask = (typedName: string, actor = admin) =>
      requestErasure(actor, orgId, { contactId, typedName, reason: "Ley 25.326" });
    await expect(ask("otra")).rejects.toMatchObject({ code: "name_does_not_match" });
    await expect(ask(CANARY, world.agent)).rejects.toMatchObject({ status: 403 });
    const id = await ask(CANARY);
    await eraseContact.run({ erasureId: id }, job);
    expect(await whereFound()).toEqual([]);
    const done = await getErasure(admin, orgId, id);
    await eraseContact.run({ erasureId: id }, job);
    expect(await getErasure(admin, orgId, id)).toEqual(done);
    expect(done.removed).toMatchObject({ messages: 5, contacts: 3, files: 1, drafts: 1, scheduled_messages: 1 });
    const text = proofLines({
      ...{ id, orgId, contactId, removed: done.removed ?? {} },
      requestedAt: new Date(done.requested_at),
      doneAt: new Date(done.done_at ?? 0),
    });
    expect(createHash("sha256").update(text).digest("hex")).toBe(done.proof);
    const kept = await ticketOf(world, rosa.conversationId);
    expect(kept).toMatchObject({ number: ticket.number, state: "closed", contact: { id: contactId, name: "" } });
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ n: number }>(
        sql`select count(*)::int as n from message where conversation_id = ${rosa.conversationId}`,
      ),
    );
    expect(rows[0]?.n).toBe(3);
  });

  /** A WhatsApp conversation of the same person, with the bodies that brought it and a reply that waits to leave. */
  async function onWhatsapp(contactId: string) {
    const { id } = await connectWhatsapp(world, "88001");
    const timestamp = String(Math.floor(Date.now() / 1000));
    const message = textMessage({ id: `wamid.${CANARY}`, timestamp, text: { body: `${CANARY} por WhatsApp` } });
    await receive(
      whatsAppBody({ field: "messages", value: { metadata: { phone_number_id: "88001" }, messages: [message] } }),
    );
    const { rows } = await asSystem("test", (tx) =>
      tx.execute<{ conversation: string; contact: string }>(sql`select c.id as conversation, i.contact_id as contact
        from conversation c join identity i on i.id = c.identity_id where c.channel_id = ${id}`),
    );
    await memberWrites(world.admin, rows[0]?.conversation ?? "", CANARY);
    await mergeContacts(world.admin, world.orgId, { keptId: contactId, mergedId: rows[0]?.contact ?? "" });
  }
});
