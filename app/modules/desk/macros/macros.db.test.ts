import { beforeEach, describe, expect, it } from "vitest";
import { listAudit } from "~/modules/accounts/index.server";
import {
  claimTicket,
  getThread,
  getTicket,
  listTickets,
  updateContact,
  updateTicket,
} from "~/modules/tickets/index.server";
import type { AppError } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { transact } from "~/platform/transact.server";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { undoChanges } from "../bulk/change-tickets.server";
import { createMacro } from "./create-macro.server";
import { deleteMacro } from "./delete-macro.server";
import { listMacros } from "./list-macros.server";
import { MOST_MACROS } from "./macro";
import type { MacroStep } from "./macro-step";
import { runMacro, runMacroOn } from "./run-macro.server";
import { updateMacro } from "./update-macro.server";

withProduct();

let world: World;
let rosa: Customer;
let ticketId: string;
beforeEach(async () => {
  world = await makeWorld();
  rosa = await makeCustomer(world, "Rosa Benítez");
  await rosa.writes("hola");
  ticketId = (await ticketOf(world, rosa.conversationId)).id;
});

const TAKE: MacroStep = { do: "take" };
const save = async (
  actor: World["agent"],
  steps: MacroStep[],
  name = "Guión",
  scope: "member" | "organisation" = "member",
) => (await createMacro(actor, world.orgId, { scope, name, steps })).id;
const run = (actor: World["agent"], macroId: string, seen = {}) =>
  runMacro(actor, world.orgId, macroId, ticketId, seen);
const at = () => getTicket(world.admin, ticketId);
const said = async () =>
  (await getThread(world.admin, rosa.conversationId)).messages
    .filter(({ kind }) => kind === "text")
    .map(({ text, visibility }) => [visibility, text]);
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: AppError) => ({ code: error.code, ...(error.data as object) }),
  );

describe("macros", () => {
  it("are one's own, or everybody's by an admin, whose making and changing is in the audit log", async () => {
    const own = await save(world.agent, [TAKE], "Mío");
    const shared = await save(world.admin, [TAKE], "Tomar", "organisation");
    await save(world.admin, [TAKE], "De Ana");
    const seen = await listMacros(world.agent, world.orgId);
    expect(seen.map(({ name, scope, mayEdit }) => [name, scope, mayEdit])).toEqual([
      ["Mío", "member", true],
      ["Tomar", "organisation", false],
    ]);
    await expect(save(world.agent, [TAKE], "Todos", "organisation")).rejects.toMatchObject({ status: 403 });
    for (const [who, id] of [
      [world.agent, shared],
      [world.admin, own],
      [world.other, own],
    ] as const) {
      await expect(updateMacro(who, world.orgId, id, { name: "x" })).rejects.toThrow("not_found");
      await expect(deleteMacro(who, world.orgId, id)).rejects.toThrow("not_found");
    }
    await updateMacro(world.admin, world.orgId, shared, { steps: [TAKE, { do: "priority", priority: "high" }] });
    await updateMacro(world.admin, world.orgId, shared, { name: "Tomar" });
    const { name, steps } = await deleteMacro(world.admin, world.orgId, shared);
    expect([name, steps.length]).toEqual(["Tomar", 2]);
    await deleteMacro(world.agent, world.orgId, own);
    const { entries } = await transact(world.admin, { orgId: world.orgId }, (ctx) =>
      listAudit(ctx, { orgId: world.orgId, limit: 10 }),
    );
    const lines = entries.filter(({ action }) => action.startsWith("macro."));
    expect(lines.map(({ action }) => action).sort()).toEqual(["macro.changed", "macro.created", "macro.deleted"]);
    const foreign = await makeWorld();
    await expect(listMacros(foreign.admin, world.orgId)).rejects.toThrow("not_found");
  });

  it("are refused with a name that is taken, too many of them, and steps that cannot be", async () => {
    const make = (steps: unknown, name = "Otro") =>
      createMacro(world.agent, world.orgId, { scope: "member", name, steps: steps as MacroStep[] });
    await make([TAKE], "Cerrar");
    expect(await refusal(make([TAKE], "CERRAR "))).toMatchObject({ code: "macro_name_taken" });
    expect(await refusal(make([TAKE], " "))).toMatchObject({ code: "macro_name_invalid" });
    const foreign = await makeWorld();
    const nowhere: [unknown, string][] = [
      [{ do: "transfer", area_id: foreign.areas.sales }, "area_unknown"],
      [{ do: "transfer", area_id: newId() }, "area_unknown"],
      [{ do: "assign", member_id: foreign.memberId(foreign.agent) }, "assignee_unknown"],
      [{ do: "reply", text: "Hola {{nombre}}" }, "variable_unknown"],
    ];
    for (const [step, code] of nowhere) expect(await refusal(make([TAKE, step]))).toMatchObject({ code, step: 2 });
    const key = newId();
    const draft = { scope: "member", name: "Una vez", steps: [TAKE] } as const;
    const made = await createMacro(world.agent, world.orgId, draft, key);
    expect(await createMacro(world.agent, world.orgId, draft, key)).toEqual(made);
    for (let n = 2; n < MOST_MACROS; n++) await make([TAKE], `n${n}`);
    expect(await refusal(make([TAKE], "una más"))).toMatchObject({ code: "too_many_macros" });
  });

  it("do all that they say, in order, with the values of the ticket", async () => {
    const id = await save(world.agent, [
      TAKE,
      { do: "note", text: "Lo ve {{agent.name}}" },
      { do: "reply", text: "Hola {{contact.first_name}}, es el {{ticket.number}}." },
      { do: "add_tags", tags: ["vip", "ya"] },
      { do: "remove_tags", tags: ["viejo"] },
      { do: "priority", priority: "high" },
      { do: "snooze", until: "hour" },
    ]);
    await updateTicket(world.admin, ticketId, { tags: ["viejo", "ya"] });
    const { after } = await run(world.agent, id);
    expect(after).toMatchObject({
      assignee: { id: world.memberId(world.agent) },
      tags: ["ya", "vip"],
      priority: "high",
      waiting_on: "customer",
    });
    expect(after.snoozed_until).not.toBeNull();
    expect(await said()).toEqual([
      ["public", "hola"],
      ["staff", "Lo ve Bruno"],
      ["public", `Hola Rosa, es el ${after.number}.`],
    ]);
    expect((await listMacros(world.agent, world.orgId))[0]?.used).toBe(1);
  });

  it("do nothing where one step is refused, and say which", async () => {
    const before = await at();
    const steps: MacroStep[] = [
      { do: "reply", text: "Ya te paso" },
      { do: "transfer", area_id: world.areas.support },
      { do: "priority", priority: "urgent" },
    ];
    // Who handed it on manages it no more.
    expect(await refusal(run(world.agent, await save(world.agent, steps)))).toMatchObject({
      code: "not_found",
      step: 3,
    });
    expect(await at()).toEqual(before);
    expect(await said()).toEqual([["public", "hola"]]);
    const [macro] = await listMacros(world.agent, world.orgId);
    expect(macro?.used).toBe(0);

    const [reply, transfer, priority] = steps as [MacroStep, MacroStep, MacroStep];
    await updateMacro(world.agent, world.orgId, macro?.id ?? "", { steps: [reply, priority, transfer] });
    const { after } = await run(world.agent, macro?.id ?? "");
    expect(after).toMatchObject({ area: { id: world.areas.support }, priority: "urgent", assignee: null });
  });

  it("ask for each step's own right: seeing a ticket, or running everybody's macro, gives none (R11)", async () => {
    const shared = await save(world.admin, [{ do: "priority", priority: "low" }], "Baja", "organisation");
    expect(await refusal(run(world.agent, shared))).toMatchObject({ code: "forbidden", step: 1 });
    await claimTicket(world.admin, ticketId);
    const taking = await save(world.agent, [{ do: "note", text: "x" }, TAKE]);
    expect(await refusal(run(world.agent, taking))).toMatchObject({
      code: "already_claimed",
      step: 2,
      assignee: { name: "Ana" },
    });
    expect(await refusal(run(world.other, shared))).toEqual({ code: "not_found", what: "ticket" });
    expect(await refusal(run(world.other, taking))).toEqual({ code: "not_found", what: "macro" });
    const reading = { ...world.agent, token: { id: newId(), scopes: ["tickets:write"] } };
    await updateTicket(world.admin, ticketId, { assigneeId: world.memberId(world.agent) });
    const saying = await save(world.agent, [TAKE, { do: "reply", text: "hola" }], "Saludo");
    expect(await refusal(run(reading, saying))).toMatchObject({ code: "missing_scope", step: 2 });
    expect(await said()).toEqual([["public", "hola"]]);
  });

  it("say nothing over what the writer did not see (pitfall 23), nor with a ticket that moved or ended", async () => {
    await claimTicket(world.agent, ticketId);
    const id = await save(world.agent, [
      { do: "reply", text: "Hola" },
      { do: "close", reason: "solved" },
    ]);
    await memberWrites(world.admin, rosa.conversationId, "Yo te atiendo").catch(() => undefined);
    await updateTicket(world.admin, ticketId, { assigneeId: world.memberId(world.admin) });
    await memberWrites(world.admin, rosa.conversationId, "Ahora sí");
    await updateTicket(world.admin, ticketId, { assigneeId: world.memberId(world.agent) });
    expect(await refusal(run(world.agent, id, { basedOnSeq: 1 }))).toMatchObject({ code: "unseen_messages", step: 1 });
    expect(await refusal(run(world.agent, id, { place: "elsewhere" }))).toMatchObject({ code: "version_conflict" });
    expect((await run(world.agent, id)).after.state).toBe("closed");
    expect(await refusal(run(world.agent, id))).toMatchObject({ code: "ticket_closed" });
    const { tickets } = await listTickets(world.admin, world.orgId, {}, { limit: 10 });
    expect(tickets).toHaveLength(1);
  });

  it("of two that run at once with a claim, or with one another, one wins and the other leaves no trace", async () => {
    const mine = await save(world.agent, [TAKE, { do: "note", text: "de Bruno" }, { do: "add_tags", tags: ["b"] }]);
    await updateTicket(world.admin, ticketId, { assigneeId: null });
    const outcomes = await Promise.allSettled([run(world.agent, mine), claimTicket(world.admin, ticketId)]);
    const now = await at();
    if (outcomes[0].status === "fulfilled") {
      expect(now.tags).toEqual(["b"]);
      expect(await said()).toContainEqual(["staff", "de Bruno"]);
    } else {
      expect(outcomes[0].reason).toMatchObject({ code: "already_claimed" });
      expect(now).toMatchObject({ tags: [], assignee: { id: world.memberId(world.admin) } });
      expect(await said()).toEqual([["public", "hola"]]);
    }
    const closing = await save(world.admin, [
      { do: "note", text: "fin" },
      { do: "close", reason: null },
    ]);
    const both = await Promise.allSettled([run(world.admin, closing), run(world.admin, closing)]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect((await said()).filter(([, text]) => text === "fin")).toHaveLength(1);
  });

  it("run on many tickets, and what single deeds can take back is taken back", async () => {
    const juan = await makeCustomer(world, "Juan");
    await juan.writes("hola");
    const other = (await ticketOf(world, juan.conversationId)).id;
    await updateTicket(world.admin, other, { assigneeId: world.memberId(world.admin) });
    const id = await save(world.agent, [TAKE, { do: "add_tags", tags: ["x"] }, { do: "close", reason: "spam" }]);
    const result = await runMacroOn(world.agent, world.orgId, id, [ticketId, other]);
    expect(result.done.map((one) => one.id)).toEqual([ticketId]);
    expect(result.refused).toMatchObject([{ id: other, code: "already_claimed", step: 1 }]);
    const undos = result.done.flatMap(({ id: ticket, version, undo }) =>
      undo ? [{ id: ticket, version, patch: undo }] : [],
    );
    expect((await undoChanges(world.agent, world.orgId, undos)).refused).toEqual([]);
    expect(await at()).toMatchObject({ state: "open", assignee: null, tags: [], close_reason: null });
  });

  it("that close may ask how it was, where the customer's channel carries the question", async () => {
    const id = await save(world.agent, [TAKE, { do: "close", reason: "solved", ask_rating: true }]);
    const blocked = (on: boolean) => updateContact(world.admin, world.orgId, rosa.guest.contactId, { blocked: on });
    await blocked(true);
    expect(await refusal(run(world.agent, id))).toMatchObject({ code: "reply_not_allowed", step: 2 });
    expect(await at()).toMatchObject({ state: "open", assignee: null });
    await blocked(false);
    expect((await run(world.agent, id)).after).toMatchObject({ state: "closed", close_reason: "solved" });
    const { messages } = await getThread(world.admin, rosa.conversationId);
    expect(messages.filter(({ kind }) => kind === "rating")).toHaveLength(1);
  });
});
