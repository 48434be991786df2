import { and, asc, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { SYSTEM } from "~/modules/accounts";
import { getThread, listTicketEvents } from "~/modules/tickets/index.server";
import { asSystem, database } from "~/platform/db.server";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { runQuery } from "../../../../tests/support/postgres-query";
import { attempt } from "../../../../tests/support/webhooks";
import {
  type Customer,
  makeCustomer,
  makeWorld,
  memberWrites,
  ticketOf,
  type World,
  withProduct,
} from "../../../../tests/support/world";
import { createFlow } from "../editing/create-flow.server";
import { publishDraft } from "../editing/publish-draft.server";
import { publishFlow } from "../editing/publish-flow.server";
import { flowOf } from "../engine/fake-customer";
import { MOST_HEARD_A_MINUTE } from "../engine/loop-guard";
import type { RunState } from "../engine/run";
import type { Flow } from "../flow";
import { fireTimer } from "./fire-timer.server";

withProduct();

const menu = (settings: object = {}) => ({
  kind: "choice",
  settings: {
    body: "¿Qué necesitás?",
    items: [
      { id: "sales", label: "Ventas" },
      { id: "support", label: "Soporte" },
    ],
    ...settings,
  },
});
const edges = ["menu.sales>sales", "menu.support>support"];
const nodes = {
  menu: menu(),
  sales: { kind: "handoff", settings: { area: "Ventas", message: "Va a Ventas" } },
  support: { kind: "handoff", settings: { area: "Soporte", message: "Va a Soporte" } },
};

/** An organisation whose web chat is answered by this flow first. */
async function botWorld(flow: Flow): Promise<{ world: World; rosa: Customer; flowId: string }> {
  const world = await makeWorld();
  const flowId = await transactAsSystem(SYSTEM, "test", async (ctx) => {
    const row = await createFlow(ctx, { orgId: world.orgId, draft: flow });
    await publishDraft(ctx, row);
    await ctx.tx.update(schema.channel).set({ flowId: row.id }).where(eq(schema.channel.orgId, world.orgId));
    return row.id;
  });
  return { world, rosa: await makeCustomer(world), flowId };
}

const runOf = async (world: World) => {
  const [run] = await asSystem("test", (tx) =>
    tx
      .select()
      .from(schema.flowRun)
      .where(eq(schema.flowRun.orgId, world.orgId))
      .orderBy(asc(schema.flowRun.startedAt)),
  );
  if (!run) throw new Error("no run");
  return { ...run, state: run.state as RunState };
};

/** The timer that the run waits by goes off, as its job does. */
async function fire(world: World, timer?: string): Promise<void> {
  const run = await runOf(world);
  const due = timer ?? run.state.waiting?.timer ?? "";
  await fireTimer.run({ orgId: world.orgId, runId: run.id, timer: due }, attempt());
}

const waitingTimers = async (runId: string) => {
  const rows = await runQuery(
    database().url,
    `select key from graphile_worker.jobs where key like 'flow-timer:${runId}:%' order by key`,
  );
  return rows.map((row) => row.key);
};

const said = async ({ guest, conversationId }: Customer) =>
  (await getThread(guest, conversationId)).messages.filter((m) => m.author.kind === "bot").map((m) => m.text);
const words = async (customer: Customer) => (await said(customer)).map((text) => text.split("\n")[0]);

describe("a timer of the bot's", () => {
  it("waits as a job while the bot asks, and is taken back by the answer", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges));
    await rosa.writes("hola");
    const run = await runOf(world);
    expect(await waitingTimers(run.id)).toEqual([`flow-timer:${run.id}:${run.state.waiting?.timer}`]);
    await rosa.writes("Soporte");
    expect(await waitingTimers(run.id)).toEqual([]);
    const before = await getThread(world.admin, rosa.conversationId);
    await fire(world, run.state.waiting?.timer ?? "");
    expect(await getThread(world.admin, rosa.conversationId)).toEqual(before);
  });

  it("closes the ticket at no answer", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges));
    await rosa.writes("hola");
    const { id } = await ticketOf(world, rosa.conversationId);
    await fire(world);
    expect(await ticketOf(world, rosa.conversationId)).toMatchObject({
      id,
      state: "closed",
      close_reason: "no_answer",
    });
    expect((await runOf(world)).status).toBe("ended");
  });

  it("or hands over, where the flow says so, with what was learnt as a note", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges, { settings: { onSilence: "handoff" } }));
    await rosa.writes("hola");
    await fire(world);
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket).toMatchObject({ state: "open", waiting_on: "agent" });
    const lines = await listTicketEvents(world.admin, ticket.id);
    expect(lines.at(-1)).toMatchObject({ kind: "handed_over", reason: "no_answer", actor: { kind: "bot" } });
  });

  it("goes off once, however often its job runs, at once or again (pitfall 30)", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges, { settings: { onSilence: "handoff" } }));
    await rosa.writes("hola");
    const { timer } = (await runOf(world)).state.waiting ?? { timer: "" };
    await Promise.all(Array.from({ length: 6 }, () => fire(world, timer ?? "")));
    await fire(world, timer ?? "");
    const ticket = await ticketOf(world, rosa.conversationId);
    const lines = await listTicketEvents(world.admin, ticket.id);
    expect(lines.filter((line) => line.kind === "handed_over")).toHaveLength(1);
    expect((await said(rosa)).length).toBe(2);
  });

  it("and an answer at the same moment: one of them counts", async () => {
    for (let round = 0; round < 5; round++) {
      const { world, rosa } = await botWorld(flowOf(nodes, edges));
      await rosa.writes("hola");
      const { timer } = (await runOf(world)).state.waiting ?? { timer: "" };
      await Promise.all([fire(world, timer ?? ""), rosa.writes("Soporte")]);
      const ticket = await ticketOf(world, rosa.conversationId);
      const lines = await listTicketEvents(world.admin, ticket.id);
      const ends = lines.filter((line) => line.kind === "handed_over" || line.kind === "closed");
      expect(ends.length).toBeGreaterThan(0);
      const { rows } = await asSystem("test", (tx) =>
        tx.execute<{ n: number }>(
          sql`select count(*)::int as n from flow_run where org_id = ${world.orgId} and status = 'live'`,
        ),
      );
      expect(rows[0]?.n).toBe(ticket.state === "bot" ? 1 : 0);
    }
  });

  it("of a conversation that people have taken says nothing (pitfall 29)", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges));
    await rosa.writes("hola");
    const { timer } = (await runOf(world)).state.waiting ?? { timer: "" };
    await memberWrites(world.agent, rosa.conversationId, "Yo te ayudo");
    const before = await said(rosa);
    await fire(world, timer ?? "");
    expect(await said(rosa)).toEqual(before);
    expect((await ticketOf(world, rosa.conversationId)).state).toBe("open");
  });
});

describe("what the bot does not understand", () => {
  it("is asked again in other words, then goes to a person (pitfall 27)", async () => {
    const { world, rosa } = await botWorld(flowOf({ ...nodes, menu: menu({ maxInvalid: 3 }) }, edges));
    await rosa.writes("hola");
    await rosa.writes("qué sé yo");
    await rosa.writes("mmm");
    const asked = await words(rosa);
    expect(asked).toHaveLength(3);
    expect(new Set(asked).size).toBe(3);
    await rosa.writes("nada de eso");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket).toMatchObject({ state: "open", waiting_on: "agent" });
    expect((await listTicketEvents(world.admin, ticket.id)).at(-1)).toMatchObject({ reason: "invalid_answers" });
    expect((await said(rosa)).at(-1)).toBe("Te paso con una persona del equipo. Te va a responder por acá.");
  });

  it("is a bot that answers every word well, until it is cut, once for all (pitfall 27)", async () => {
    const { world, rosa } = await botWorld(flowOf({ menu: menu() }, ["menu.sales>menu", "menu.support>menu"]));
    await rosa.writes("hola");
    for (let n = 0; n < MOST_HEARD_A_MINUTE + 5; n++) await rosa.writes("Ventas");
    const heard = await said(rosa);
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket.state).toBe("open");
    expect((await listTicketEvents(world.admin, ticket.id)).at(-1)).toMatchObject({ reason: "loop" });
    expect(heard.length).toBeLessThanOrEqual(MOST_HEARD_A_MINUTE + 1);
    await rosa.writes("Ventas");
    expect(await said(rosa)).toEqual(heard);
  });

  it("a word for a person always reaches one, at any question", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges));
    await rosa.writes("hola");
    await rosa.writes("quiero hablar con una persona");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket.state).toBe("open");
    expect((await listTicketEvents(world.admin, ticket.id)).at(-1)).toMatchObject({ reason: "command" });
  });

  it("the flow's own commands close, and begin again", async () => {
    const commands = [
      { words: ["menú"], action: { kind: "restart" as const } },
      { words: ["chau"], action: { kind: "close" as const, message: "¡Hasta luego!" } },
    ];
    const { world, rosa } = await botWorld(flowOf(nodes, edges, { commands }));
    await rosa.writes("hola");
    await rosa.writes("MENU");
    expect(await words(rosa)).toEqual(["¿Qué necesitás?", "¿Qué necesitás?"]);
    await rosa.writes("chau");
    expect((await said(rosa)).at(-1)).toBe("¡Hasta luego!");
    expect((await ticketOf(world, rosa.conversationId)).state).toBe("closed");
  });
});

describe("a run", () => {
  it("takes an event once: a message that comes again changes nothing", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges));
    const first = await rosa.writes("hola");
    const before = await runOf(world);
    await Promise.all(Array.from({ length: 5 }, () => rosa.writes("hola", first.clientId ?? "")));
    expect(await runOf(world)).toEqual(before);
    expect(await said(rosa)).toHaveLength(1);
  });

  it("takes two quick messages one after the other, each once (pitfall 30)", async () => {
    const asks = flowOf(
      {
        name: { kind: "ask", settings: { question: "¿Nombre?", type: "text", saveTo: "name" } },
        city: { kind: "ask", settings: { question: "¿Ciudad?", type: "text", saveTo: "city" } },
        end: { kind: "handoff", settings: { message: "Gracias" } },
      },
      ["name.answered>city", "city.answered>end"],
    );
    for (let round = 0; round < 3; round++) {
      const { world, rosa } = await botWorld(asks);
      await rosa.writes("hola");
      await Promise.all([rosa.writes("uno"), rosa.writes("dos")]);
      expect(await said(rosa)).toEqual(["¿Nombre?", "¿Ciudad?", "Gracias"]);
      const { name, city } = (await runOf(world)).state.variables;
      expect([name, city].toSorted()).toEqual(["dos", "uno"]);
    }
  });

  it("that cannot go on gives the ticket to people", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges));
    await rosa.writes("hola");
    const run = await runOf(world);
    const lost = { ...run.state, waiting: run.state.waiting && { ...run.state.waiting, node: "gone" } };
    await asSystem("test", (tx) => tx.update(schema.flowRun).set({ state: lost }).where(eq(schema.flowRun.id, run.id)));
    await rosa.writes("Ventas");
    const ticket = await ticketOf(world, rosa.conversationId);
    expect(ticket.state).toBe("open");
    expect((await listTicketEvents(world.admin, ticket.id)).at(-1)).toMatchObject({ reason: "flow_error" });
  });

  it("stays on the version that it began with; the next takes the new one", async () => {
    const { world, rosa, flowId } = await botWorld(flowOf(nodes, edges));
    await rosa.writes("hola");
    const began = (await runOf(world)).flowVersionId;
    const changed = flowOf(
      {
        ...nodes,
        menu: menu({ body: "¿Y ahora?" }),
        support: { kind: "handoff", settings: { area: "Soporte", message: "Nueva" } },
      },
      edges,
    );
    await transactAsSystem(SYSTEM, "test", async (ctx) => {
      await ctx.tx.update(schema.flow).set({ draft: changed }).where(eq(schema.flow.id, flowId));
    });
    await publishFlow(world.admin, world.orgId, flowId, { revision: 1 });
    await rosa.writes("Soporte");
    expect((await said(rosa)).at(-1)).toBe("Va a Soporte");
    expect((await runOf(world)).flowVersionId).toBe(began);
    const tito = await makeCustomer(world, "Tito");
    await tito.writes("hola");
    expect(await words(tito)).toEqual(["¿Y ahora?"]);
  });

  it("leaves a trace of every event, and answers as a note for those who take over", async () => {
    const { world, rosa } = await botWorld(flowOf(nodes, edges));
    await rosa.writes("hola");
    await rosa.writes("2");
    const { id } = await runOf(world);
    const traces = await asSystem("test", (tx) =>
      tx
        .select()
        .from(schema.flowTrace)
        .where(and(eq(schema.flowTrace.runId, id), eq(schema.flowTrace.orgId, world.orgId))),
    );
    expect(new Set(traces.map((trace) => trace.eventId)).size).toBe(2);
    const note = (await getThread(world.admin, rosa.conversationId)).messages.at(-1);
    expect(note).toMatchObject({ visibility: "staff", text: "¿Qué necesitás? Soporte" });
  });
});

describe("people who have the ticket", () => {
  it("are not spoken over by a bot whose answer was under way at the same moment (pitfall 29)", async () => {
    for (let round = 0; round < 5; round++) {
      const { world, rosa } = await botWorld(flowOf({ menu: menu() }, ["menu.sales>menu", "menu.support>menu"]));
      await rosa.writes("hola");
      await Promise.all([memberWrites(world.agent, rosa.conversationId, "Yo te ayudo"), rosa.writes("Ventas")]);
      await rosa.writes("Soporte");
      const { messages } = await getThread(rosa.guest, rosa.conversationId);
      const person = messages.findIndex(({ author }) => author.kind === "member");
      expect(person).toBeGreaterThan(0);
      expect(messages.slice(person).filter(({ author }) => author.kind === "bot")).toEqual([]);
    }
  });
});

describe("the hours of the area", () => {
  const closed = (world: World) =>
    asSystem("test", (tx) =>
      tx.update(schema.organisation).set({ hours: {} }).where(eq(schema.organisation.id, world.orgId)),
    );

  it("decide what is told at the handing over, and are a word of the bot's", async () => {
    const sales = { area: "Ventas", message: "Ya te atienden", messageClosed: "Abrimos mañana" };
    const flow = flowOf(
      { ...nodes, menu: menu({ body: "Abierto: {{system.in_hours}}" }), sales: { kind: "handoff", settings: sales } },
      edges,
    );
    const { world, rosa } = await botWorld(flow);
    await rosa.writes("hola");
    await rosa.writes("Ventas");
    await closed(world);
    const later = await makeCustomer(world);
    await later.writes("hola");
    await later.writes("Ventas");
    expect([await words(rosa), await words(later)]).toEqual([
      ["Abierto: true", "Ya te atienden"],
      ["Abierto: false", "Abrimos mañana"],
    ]);
  });

  it("decide whether a flow for them answers", async () => {
    const flow = flowOf(nodes, edges);
    const start = flow.nodes.find(({ id }) => id === flow.start);
    if (start?.kind !== "start") throw new Error("no start");
    start.settings = { ...start.settings, hours: "out" };
    const { world, rosa } = await botWorld(flow);
    await rosa.writes("hola");
    await closed(world);
    const later = await makeCustomer(world);
    await later.writes("hola");
    expect((await ticketOf(world, rosa.conversationId)).state).toBe("open");
    expect((await ticketOf(world, later.conversationId)).state).toBe("bot");
  });
});
