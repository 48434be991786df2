import { eq } from "drizzle-orm";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AccountActor } from "~/modules/accounts";
import { answerFile } from "~/modules/files/index.server";
import { messageEdited } from "~/modules/messaging/index.server";
import { searchConversation } from "~/modules/search/index.server";
import { asSystem, inScope } from "~/platform/db.server";
import type { AppError } from "~/platform/errors";
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
import { listContactHistory } from "../contacts/list-contact-history.server";
import { pin } from "../desk/change-message.server";
import { claimTicket, updateTicket } from "../desk/update-ticket.server";
import { listConversationFiles } from "../files/list-conversation-files.server";
import { listConversationLinks } from "../files/list-conversation-links.server";
import { saveDraft } from "../later/save-draft.server";
import { scheduleMessage } from "../later/schedule-message.server";
import { listFeed } from "../lists/list-feed.server";
import { listTickets } from "../lists/list-tickets.server";
import { getReaders } from "../marks/get-readers.server";
import { getPinned } from "../marks/list-pins.server";
import { listStarred } from "../marks/list-starred.server";
import { markOwn } from "../marks/mark-own.server";
import { accessConversation } from "../reading/conversation-access.server";
import { getThread, listConversationChanges, listConversationMessages } from "../reading/read-conversation.server";
import { getTicket, listTicketEvents } from "../reading/read-tickets.server";

withProduct();

const SECRET = "SECRETO";
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code?: string }) => error.code,
  );

/** A message with a file, as if it had been uploaded. */
async function carriesFile(world: World, conversationId: string, messageId: string): Promise<string> {
  const id = newId();
  await asSystem("test", (tx) =>
    tx.insert(schema.file).values({
      id,
      orgId: world.orgId,
      conversationId,
      messageId,
      ownerKind: "contact",
      ownerId: newId(),
      kind: "file",
      name: `${SECRET}.pdf`,
      mime: "application/pdf",
      size: 1,
      sha256: "0",
      createdAt: new Date(),
    } as typeof schema.file.$inferInsert),
  );
  return id;
}

/** All that a member reads of a conversation, by every door that there is. */
async function allReads(reader: AccountActor, world: World, conversationId: string, ids: readonly string[]) {
  const around = { aroundSeq: 1, limit: 50 };
  const { id } = await ticketOf(world, conversationId);
  return JSON.stringify([
    await getThread(reader, conversationId),
    await listConversationMessages(reader, conversationId, around),
    await listConversationMessages(reader, conversationId, { afterSeq: 0, limit: 50 }),
    await listConversationMessages(reader, conversationId, { ids, limit: 50 }),
    await listConversationChanges(reader, conversationId, { after: 0, limit: 100 }),
    await searchConversation(reader, conversationId, { q: SECRET, limit: 50 }),
    await getPinned(reader, conversationId),
    await listStarred(reader, { limit: 50 }),
    await listConversationLinks(reader, conversationId, { limit: 50 }),
    await listConversationFiles(reader, conversationId, { kind: "files", limit: 50 }),
    await listTickets(reader, world.orgId, {}, { limit: 50 }),
    await getTicket(reader, id),
    await listTicketEvents(reader, id),
    (await listFeed(reader, world.orgId, { after: "0", limit: 50 })).entries,
  ]);
}

async function scene(before: number) {
  const world = await makeWorld();
  const rosa = await makeCustomer(world);
  const said = [];
  for (let n = 0; n < before; n++) said.push(await rosa.writes(`${SECRET} ${n} https://ejemplo.test/${n}`));
  const { id } = await ticketOf(world, rosa.conversationId);
  await claimTicket(world.agent, id);
  const note = await memberWrites(world.agent, rosa.conversationId, `nota ${SECRET}`, { visibility: "staff" });
  return { world, rosa, id, old: [...said, note] };
}

const withheld = (world: World, id: string) =>
  updateTicket(world.agent, id, {
    areaId: world.areas.support,
    note: "Resumen: garantía",
    shareHistory: false,
  });

describe("a ticket that goes on", () => {
  it("takes its history along, and leaves those whose area it was, by every door (pitfall 25)", async () => {
    const { world, rosa, id, old } = await scene(3);
    const ids = old.map((one) => one.id);
    expect(await codeOf(getThread(world.other, rosa.conversationId))).toBe("not_found");
    await updateTicket(world.agent, id, { areaId: world.areas.support });
    const { messages } = await listConversationMessages(world.other, rosa.conversationId, { ids, limit: 50 });
    expect(messages.map((one) => one.id).sort()).toEqual([...ids].sort());
    expect(await allReads(world.other, world, rosa.conversationId, ids)).toContain(`${SECRET} 0`);
    expect(await codeOf(getThread(world.agent, rosa.conversationId))).toBe("not_found");
    expect(await codeOf(listTicketEvents(world.agent, id))).toBe("not_found");
    expect(JSON.stringify(await listTickets(world.agent, world.orgId, {}, { limit: 50 }))).not.toContain(id);
  });
});

describe("a ticket that goes on without its history", () => {
  it("(R10) is read from the summary on by every door, whatever was said before and since", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 0, max: 3 }), async (before, since) => {
        const { world, rosa, id, old } = await scene(before);
        const [first] = old;
        if (!first) throw new Error("nothing was said");
        await pin(world.agent, first.id, true);
        await carriesFile(world, rosa.conversationId, first.id);
        await withheld(world, id);
        for (let n = 0; n < since; n++)
          await memberWrites(world.other, rosa.conversationId, `dicho ${n}`, { visibility: "staff" });
        const ids = old.map((one) => one.id);
        const read = await allReads(world.other, world, rosa.conversationId, ids);
        expect(read).not.toContain(SECRET);
        expect(read).toContain("Resumen: garantía");
        for (const one of ids) {
          expect(await codeOf(markOwn(world.other, one, { starred: true }))).toBe("not_found");
          expect(await codeOf(getReaders(world.other, one))).toBe("not_found");
          expect(await codeOf(pin(world.other, one, true))).toBe("not_found");
        }
        expect(await allReads(world.admin, world, rosa.conversationId, ids)).toContain(SECRET);
      }),
      { numRuns: 3 },
    );
  }, 60_000);

  it("needs a summary and somebody who gets it", async () => {
    const { world, id } = await scene(1);
    const to = { areaId: world.areas.support, shareHistory: false };
    expect(await codeOf(updateTicket(world.agent, id, to))).toBe("summary_needed");
    expect(await codeOf(updateTicket(world.agent, id, { shareHistory: false, note: "x" }))).toBe("transfer_needed");
  });

  it("is not read further by who answers with an old place, nor by who hid the summary", async () => {
    const { world, rosa, id, old } = await scene(1);
    await memberWrites(world.agent, rosa.conversationId, `público ${SECRET}`);
    await withheld(world, id);
    await claimTicket(world.other, id);
    expect(await codeOf(memberWrites(world.other, rosa.conversationId, "hola", { basedOnSeq: 0 }))).toBe("no error");
    for (const { id: message } of (await getThread(world.other, rosa.conversationId)).messages)
      await markOwn(world.other, message, { hidden: true });
    expect(
      await allReads(
        world.other,
        world,
        rosa.conversationId,
        old.map((one) => one.id),
      ),
    ).not.toContain(SECRET);
  });

  it("tells a change of what is withheld by its number alone, and files of it to nobody but admins", async () => {
    const { world, rosa, id, old } = await scene(1);
    await withheld(world, id);
    const fileId = await carriesFile(world, rosa.conversationId, old[0]?.id ?? "");
    const asks = (actor: AccountActor) =>
      answerFile(new Request(`https://guazu.test/media/${fileId}`, { method: "HEAD" }), fileId, {
        actors: [actor],
        async mayRead(by, conversationId) {
          const { audience, fromSeq } = await accessConversation(by, conversationId, inScope);
          return { staff: audience === "staff", fromSeq };
        },
      });
    expect(await codeOf(asks(world.other))).toBe("not_found");
    expect((await asks(world.admin)).status).toBe(200);
    const news = { conversationId: rosa.conversationId, rev: 9, publicRev: 4, orgId: world.orgId, withheld: true };
    const message = (await getThread(world.admin, rosa.conversationId)).messages[0];
    if (!message) throw new Error("nothing was said");
    const [staff, customer] = messageEdited.deliver({ ...news, message });
    expect(staff).toMatchObject({ event: "conversation.moved", rev: 9, data: {} });
    expect(JSON.stringify(customer)).toContain(SECRET);
  });

  it("is read in full again once who reads it in full hands it on so", async () => {
    const { world, rosa, id } = await scene(1);
    await withheld(world, id);
    const to = (areaId: string, by: AccountActor) => updateTicket(by, id, { areaId, shareHistory: true });
    await claimTicket(world.other, id);
    await to(world.areas.sales, world.other);
    expect(JSON.stringify(await getThread(world.agent, rosa.conversationId))).not.toContain(SECRET);
    await to(world.areas.support, world.admin);
    const [row] = await asSystem("test", (tx) => tx.select().from(schema.ticket).where(eq(schema.ticket.id, id)));
    expect(row?.historyFromSeq).toBeNull();
    expect(JSON.stringify(await getThread(world.other, rosa.conversationId))).toContain(SECRET);
  });

  it("(R10) keeps to itself why earlier tickets were closed, in lists and one by one", async () => {
    const { world, rosa, id: first } = await scene(1);
    await updateTicket(world.agent, first, { areaId: world.areas.support });
    await updateTicket(world.admin, first, { state: "closed", reason: SECRET });
    await asSystem("test", (tx) =>
      tx.update(schema.channel).set({ reopenHours: 0 }).where(eq(schema.channel.orgId, world.orgId)),
    );
    await rosa.writes("otra cosa");
    const { id } = await ticketOf(world, rosa.conversationId);
    expect(id).not.toBe(first);
    const readsOfRosa = async (reader: AccountActor) =>
      JSON.stringify(await listContactHistory(reader, world.orgId, rosa.guest.contactId, { limit: 50 }));
    expect(await readsOfRosa(world.other)).toContain(SECRET);
    const reasons = async (reader: AccountActor) => [
      (await getTicket(reader, first)).close_reason,
      (await listTickets(reader, world.orgId, { view: "closed" }, { limit: 9 })).tickets[0]?.close_reason,
    ];
    expect(await reasons(world.other)).toEqual([SECRET, SECRET]);
    const to = { areaId: world.areas.support, assigneeId: world.memberId(world.other) };
    await updateTicket(world.admin, id, { ...to, note: "Resumen: garantía", shareHistory: false });
    expect(await reasons(world.other)).toEqual([null, null]);
    expect(await reasons(world.admin)).toEqual([SECRET, SECRET]);
    // The contact's page, which joins all tickets, neither.
    expect(await readsOfRosa(world.other)).not.toContain(SECRET);
    expect(await readsOfRosa(world.other)).toContain("Resumen: garantía");
    expect(await readsOfRosa(world.admin)).toContain(SECRET);
    // Its own end comes after the summary.
    await updateTicket(world.other, id, { state: "closed", reason: "listo" });
    expect((await getTicket(world.other, id)).close_reason).toBe("listo");
  });

  it("(R10) is not answered, now or later: what is withheld is as unknown as what never was", async () => {
    const { world, rosa, id, old } = await scene(1);
    await withheld(world, id);
    await claimTicket(world.other, id);
    const { conversationId } = rosa;
    const sendAt = new Date(Date.now() + 3_600_000);
    const answers = (replyTo: string, n = newId()) => [
      memberWrites(world.other, conversationId, "a esto", { replyTo }),
      memberWrites(world.other, conversationId, "a esto", { replyTo, visibility: "staff" }),
      saveDraft(world.other, conversationId, { text: "a esto", replyTo }),
      scheduleMessage(world.other, { conversationId, clientId: n, text: "a esto", replyTo, sendAt }),
    ];
    const told = async (replyTo: string) =>
      Promise.all(
        answers(replyTo).map((one) => one.then(String, (error: AppError) => [error.status, error.code, error.data])),
      );
    const unknown = await told(newId());
    expect(unknown[0]).toEqual([404, "not_found", { what: "message" }]);
    for (const { id: hidden } of old) expect(await told(hidden)).toEqual(unknown);
    const summary = (await getThread(world.other, conversationId)).messages.find(({ text }) => /Resumen/.test(text));
    for (const answer of answers(summary?.id ?? "")) expect(await codeOf(answer)).toBe("no error");
  });
});
