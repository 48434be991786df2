import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { asSystem } from "~/platform/db.server";
import type { AppError } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { countTickets } from "../counts/count-tickets.server";
import { listTickets } from "../lists/list-tickets.server";
import { placeOf } from "../places/place-of";
import { getThread, listConversationMessages } from "../reading/read-conversation.server";
import { claimTicket, updateTicket } from "./update-ticket.server";

withProduct();

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no error",
    (error: { code?: string }) => error.code,
  );

const age = (ticketId: string, hours: number) =>
  asSystem("test: time passes", (tx) =>
    tx.execute(sql`update ticket set closed_at = closed_at - make_interval(hours => ${hours}) where id = ${ticketId}`),
  );

describe("a customer's first message", () => {
  it("opens a ticket with the bot where a flow is published, and the bot asks", async () => {
    const world = await makeWorld({ bot: true });
    const rosa = await makeCustomer(world);
    const first = await rosa.writes("hola");
    expect(first.seq).toBe(1);
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket).toMatchObject({ state: "bot", assignee: null, number: 1, waiting_on: "none" });
    const { messages } = await listConversationMessages(rosa.guest, rosa.conversationId, { limit: 50 });
    expect(messages.map((m) => m.author.kind)).toEqual(["contact", "bot", "bot"]);
    expect(messages.at(-1)?.choices.map((c) => c.label)).toContain("Soporte");
  });

  it("opens it for people at once where no flow is published", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({
      state: "open",
      assignee: null,
      waiting_on: "agent",
      area: { name: "Ventas" },
    });
  });

  it("of a blocked contact is kept, and nothing more happens", async () => {
    const world = await makeWorld({ bot: true });
    const rosa = await makeCustomer(world);
    await asSystem("test", (tx) =>
      tx.update(schema.contact).set({ blockedAt: new Date() }).where(eq(schema.contact.id, rosa.guest.contactId)),
    );
    await rosa.writes("hola");
    const { tickets } = await listTickets(world.admin, world.orgId, {}, { limit: 10 });
    expect(tickets).toEqual([]);
    expect((await getThread(world.admin, rosa.conversationId)).messages).toHaveLength(1);
  });
});

describe("from the bot to people", () => {
  it("hands over by choice into the named area, ends the run, and leaves what it learnt as a note", async () => {
    const world = await makeWorld({ bot: true });
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await rosa.writes("soporte");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket).toMatchObject({ state: "open", area: { name: "Soporte" }, waiting_on: "agent", assignee: null });
    const thread = await getThread(world.admin, rosa.conversationId);
    expect(thread.messages.at(-1)).toMatchObject({ visibility: "staff", kind: "system" });
    expect(thread.events.map((e) => e.kind)).toEqual(["opened", "handed_over"]);
    const before = thread.last_seq;
    await rosa.writes("¿hay alguien?");
    expect((await getThread(world.admin, rosa.conversationId)).last_seq).toBe(before + 1);
  });

  it("a human reply takes the ticket, and the bot says nothing more", async () => {
    const world = await makeWorld({ bot: true });
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await memberWrites(world.agent, rosa.conversationId, "Hola, soy Bruno");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket).toMatchObject({ state: "open", assignee: { name: "Bruno" }, waiting_on: "customer" });
    expect(ticket.first_reply_at).not.toBeNull();
    await rosa.writes("Soporte");
    const { messages } = await listConversationMessages(rosa.guest, rosa.conversationId, { limit: 50 });
    expect(messages.at(-1)?.text).toBe("Soporte");
  });

  it("keeps I3: a bot ticket without a run cannot be committed", async () => {
    const world = await makeWorld({ bot: true });
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    const end = asSystem("test", (tx) =>
      tx.update(schema.flowRun).set({ status: "ended" }).where(eq(schema.flowRun.ticketId, id)),
    );
    await expect(end).rejects.toMatchObject({ cause: { constraint: "ticket_bot_has_one_run" } });
  });
});

describe("closing and coming back", () => {
  async function closedTicket(reply = true) {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    if (reply) await memberWrites(world.agent, rosa.conversationId, "¿En qué te ayudo?");
    const { id } = await ticketOf(world, rosa.conversationId);
    await updateTicket(world.admin, id, { state: "closed", reason: "resuelto" });
    return { world, rosa, id };
  }

  it("thanks join the closed ticket and reopen nothing", async () => {
    const { world, rosa, id } = await closedTicket();
    await rosa.writes("¡Muchas gracias!");
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({ id, state: "closed", thanked: true });
  });

  it("a message within the window reopens for the same agent if there, else unassigned", async () => {
    const { world, rosa, id } = await closedTicket();
    await rosa.writes("me quedó una duda");
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({
      id,
      state: "open",
      reopen_count: 1,
      assignee: { name: "Bruno" },
      waiting_on: "agent",
    });
    await updateTicket(world.admin, id, { state: "closed" });
    await asSystem("test", (tx) =>
      tx
        .update(schema.member)
        .set({ availability: "away" })
        .where(eq(schema.member.id, world.memberId(world.agent))),
    );
    await rosa.writes("otra duda más");
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({
      state: "open",
      assignee: null,
      reopen_count: 2,
    });
  });

  it("a message after the window opens a new ticket in the same conversation", async () => {
    const { world, rosa, id } = await closedTicket();
    await age(id, 25);
    await rosa.writes("hola de nuevo");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket.id).not.toBe(id);
    expect(ticket).toMatchObject({ number: 2, state: "open" });
    const thread = await getThread(world.admin, rosa.conversationId);
    expect(thread.tickets.map((t) => [t.number, t.first_seq])).toEqual([
      [1, 1],
      [2, 3],
    ]);
  });

  it("an agent reopens by hand, but never beside a living ticket", async () => {
    const { world, rosa, id } = await closedTicket();
    await updateTicket(world.agent, id, { state: "open" });
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({
      id,
      state: "open",
      assignee: { name: "Bruno" },
    });
    await updateTicket(world.agent, id, { state: "closed" });
    await age(id, 48);
    await rosa.writes("hola");
    expect(await codeOf(updateTicket(world.agent, id, { state: "open" }))).toBe("another_ticket_is_live");
  });
});

describe("what members may do", () => {
  it("agents see their areas, admins all, and counts agree with lists", async () => {
    const world = await makeWorld({ bot: true });
    const [rosa, tito] = [await makeCustomer(world, "Rosa"), await makeCustomer(world, "Tito")];
    await rosa.writes("hola");
    await rosa.writes("soporte");
    await tito.writes("hola");
    await tito.writes("ventas");
    const names = async (actor: typeof world.admin) =>
      (await listTickets(actor, world.orgId, {}, { limit: 10 })).tickets.map((t) => t.contact.name).sort();
    expect(await names(world.agent)).toEqual(["Tito"]);
    expect(await names(world.other)).toEqual(["Rosa"]);
    expect(await names(world.admin)).toEqual(["Rosa", "Tito"]);
    expect(await countTickets(world.agent, world.orgId)).toMatchObject({ queue: 1, mine: 0, open: 1, all: 1 });
  });

  it("an agent transfers the own ticket with a note, and loses sight of it", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("el taladro no anda");
    const { id } = await ticketOf(world, rosa.conversationId);
    await claimTicket(world.agent, id);
    await updateTicket(world.agent, id, { areaId: world.areas.support, note: "Es de garantía" });
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({ area: { name: "Soporte" }, assignee: null });
    expect(await codeOf(getThread(world.agent, rosa.conversationId))).toBe("not_found");
    const thread = await getThread(world.other, rosa.conversationId);
    expect(thread.messages.at(-1)).toMatchObject({ text: "Es de garantía", visibility: "staff" });
    expect(thread.events.at(-1)).toMatchObject({ kind: "transferred", actor: { name: "Bruno" } });
  });

  it("an agent does not close or hand on what a colleague has", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    await updateTicket(world.admin, id, { assigneeId: world.memberId(world.admin) });
    expect(await codeOf(updateTicket(world.agent, id, { state: "closed" }))).toBe("forbidden");
    expect(await codeOf(updateTicket(world.agent, id, { areaId: world.areas.support }))).toBe("forbidden");
    expect(await codeOf(updateTicket(world.agent, id, { assigneeId: world.memberId(world.agent) }))).toBe("forbidden");
    expect(await codeOf(claimTicket(world.agent, id))).toBe("already_claimed");
  });

  it("refuses ids that are not of the organisation, and an old version", async () => {
    const [world, foreign] = [await makeWorld(), await makeWorld()];
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id, version } = await ticketOf(world, rosa.conversationId);
    expect(await codeOf(updateTicket(world.admin, id, { areaId: foreign.areas.sales }))).toBe("area_unknown");
    expect(await codeOf(updateTicket(world.admin, id, { assigneeId: foreign.memberId(foreign.agent) }))).toBe(
      "assignee_unknown",
    );
    await updateTicket(world.admin, id, { priority: "high", version });
    expect(await codeOf(updateTicket(world.admin, id, { priority: "low", version }))).toBe("version_conflict");
  });

  it("closes what stands where it stood though one's reply came in between, and not what a colleague moved", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    const taken = await claimTicket(world.agent, id);
    const place = placeOf(taken.state, taken.area.id, taken.assignee?.id);
    await memberWrites(world.agent, rosa.conversationId, "pasá a buscarlo");
    expect(await codeOf(updateTicket(world.agent, id, { state: "closed", version: taken.version }))).toBe(
      "version_conflict",
    );
    await updateTicket(world.admin, id, { assigneeId: world.memberId(world.admin) });
    expect(await codeOf(updateTicket(world.admin, id, { state: "closed", place }))).toBe("version_conflict");
    await updateTicket(world.admin, id, { assigneeId: world.memberId(world.agent) });
    expect(await updateTicket(world.agent, id, { state: "closed", place })).toMatchObject({ state: "closed" });
  });
});

describe("replies", () => {
  it("a reply over a colleague's unseen reply is refused with what was unseen (R15)", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const hola = await rosa.writes("hola");
    await memberWrites(world.admin, rosa.conversationId, "Ya te ayudo");
    const late = memberWrites(world.agent, rosa.conversationId, "¡Hola!", { basedOnSeq: hola.seq });
    await expect(late).rejects.toMatchObject({
      code: "unseen_messages",
      data: { messages: [{ text: "Ya te ayudo" }] },
    });
    const seen = await memberWrites(world.agent, rosa.conversationId, "¡Hola!", { basedOnSeq: hola.seq + 1 });
    expect(seen.seq).toBe(3);
  });

  it("a repeated send returns the first; the same key for another text is refused and tells nothing of it (TB7)", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    const clientId = newId();
    const first = await rosa.writes("hola", clientId);
    expect((await rosa.writes("hola", clientId)).id).toBe(first.id);
    const refused = await rosa.writes("otra cosa", clientId).catch((error: AppError) => error);
    expect(refused).toMatchObject({ code: "id_reused", status: 409 });
    expect((refused as AppError).data).toBeUndefined();
    const tito = await makeCustomer(world, "Tito");
    // Another author's same key is simply another message.
    expect((await tito.writes("hola", clientId)).id).not.toBe(first.id);
  });

  it("a note stays with staff: the customer's list, changes and thread never hold it", async () => {
    const world = await makeWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await memberWrites(world.agent, rosa.conversationId, "canario: moroso", { visibility: "staff" });
    await memberWrites(world.agent, rosa.conversationId, "¡Hola, Rosa!");
    const thread = await getThread(rosa.guest, rosa.conversationId);
    expect(JSON.stringify(thread)).not.toContain("canario");
    expect(thread.messages.map((m) => m.seq)).toEqual([1, 3]);
    expect(thread.rev).toBe(2);
    expect(thread.events).toEqual([]);
  });
});
