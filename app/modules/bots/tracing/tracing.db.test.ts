import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { getThread } from "~/modules/tickets/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { botWorld as flowWorld, runOf } from "../../../../tests/support/data/bot-world";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { flowOf } from "../engine/fake-customer";
import type { RunState } from "../engine/run";
import type { Flow } from "../flow";
import type { NodeRunner } from "../nodes/runners.server";
import { takeCall } from "../running/do-flow-call.server";
import { explainTicket } from "./explain-ticket.server";
import { eventsAt } from "./explanation";
import { replayTicket } from "./replay-ticket.server";

withProduct();

async function botWorld() {
  const world = await makeWorld({ bot: true });
  const rosa = await makeCustomer(world);
  await rosa.writes("hola");
  await rosa.writes("qué sé yo");
  await rosa.writes("2");
  const ticket = await ticketOf(world, rosa.conversationId);
  const [flow] = await asSystem("test", (tx) =>
    tx.select().from(schema.flow).where(eq(schema.flow.orgId, world.orgId)),
  );
  if (!flow) throw new Error("no flow");
  return { world, rosa, ticket, flow };
}

const http = { url: "https://tienda.test/pedidos", saves: [{ path: "state", to: "state" }] };

/** A bot that asks another system, twice where the edges say so, before it tells. */
const order = (words: string, edges = ["asks.ok>tells"]): Flow =>
  flowOf(
    {
      asks: { kind: "http", settings: http },
      more: { kind: "http", settings: http },
      tells: { kind: "choice", settings: { body: `${words} {{flow.state}}`, items: [{ id: "a", label: "A" }] } },
    },
    edges,
  );

/** An organisation with that bot, and one answer that it knows. */
async function orderWorld() {
  const { world, rosa } = await flowWorld(order("Está"));
  const { orgId } = world;
  const entry = { id: newId(), orgId, language: "es" as const, enabled: true, questions: ["¿Hacen envíos?"] };
  const [flow] = await asSystem("test", async (tx) => {
    await tx.insert(schema.faqEntry).values({ ...entry, answer: "Sí, a todo el país." });
    return tx.select({ id: schema.flow.id }).from(schema.flow).where(eq(schema.flow.orgId, orgId));
  });
  return { world, rosa, flowId: flow?.id ?? "" };
}

const refused = (status: number, code: string) => expect.objectContaining({ status, code });

describe("why the bot said something", () => {
  it("is told for each of its messages: nodes, what was understood and by what, where it went on", async () => {
    const { world, rosa, ticket } = await botWorld();
    const explained = await explainTicket(world.admin, world.orgId, ticket.id);
    expect(explained).toMatchObject({ mayEdit: true, runs: [{ version: 1, events: [{}, {}, {}] }] });
    const said = (await getThread(world.admin, rosa.conversationId)).messages.filter((m) => m.author.kind === "bot");
    const whys = said.map((m) => eventsAt(explained, m.author.id, m.created_at).flatMap(({ entries }) => entries));
    expect(whys.every((entries) => entries.length > 0)).toBe(true);
    expect(whys.at(-1)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          node: "menu",
          what: "answered",
          detail: expect.objectContaining({ said: "2" }),
        }),
        expect.objectContaining({ node: "menu", what: "left", detail: { exit: "support", to: "to-support" } }),
      ]),
    );
    const { nodes } = explained.runs[0] ?? {};
    expect(nodes?.menu).toMatchObject({ kind: "choice", text: expect.any(String), exits: { support: "Soporte" } });
    expect(Object.keys(nodes ?? {})).toContain("to-support");
    expect(whys[2]).toContainEqual(expect.objectContaining({ node: "menu", what: "not_understood" }));
  });

  it("is told to whoever sees the ticket, as far back as they read it, and to nobody else", async () => {
    const [{ world, rosa, ticket }, theirs] = [await botWorld(), await botWorld()];
    expect((await explainTicket(world.other, world.orgId, ticket.id)).mayEdit).toBe(false);
    await asSystem("test", (tx) =>
      tx.update(schema.area).set({ visibility: "private" }).where(eq(schema.area.orgId, world.orgId)),
    );
    await expect(explainTicket(world.agent, world.orgId, ticket.id)).rejects.toEqual(refused(404, "not_found"));
    await expect(explainTicket(theirs.world.admin, world.orgId, ticket.id)).rejects.toEqual(refused(404, "not_found"));
    await expect(explainTicket(theirs.world.admin, theirs.world.orgId, ticket.id)).rejects.toEqual(
      refused(404, "not_found"),
    );
    await expect(explainTicket(world.admin, world.orgId, newId())).rejects.toEqual(refused(404, "not_found"));
    const { messages } = await getThread(world.admin, rosa.conversationId);
    await asSystem("test", (tx) =>
      tx
        .update(schema.ticket)
        .set({ historyFromSeq: messages.at(-1)?.seq })
        .where(eq(schema.ticket.id, ticket.id)),
    );
    const [run] = (await explainTicket(world.other, world.orgId, ticket.id)).runs;
    expect(run?.events.length).toBeLessThan(3);
    expect(JSON.stringify(run)).not.toContain("que se yo");
  });
});

describe("a real ticket on the draft", () => {
  it("says where the answers would differ, side by side", async () => {
    const { world, rosa, ticket, flow } = await botWorld();
    await memberWrites(world.admin, rosa.conversationId, "Soy Ana");
    await rosa.writes("gracias");
    const again = () => replayTicket(world.admin, world.orgId, flow.id, ticket.number);
    const first = await again();
    expect(first.turns.map(({ words, same }) => [words, same])).toEqual([
      ["hola", true],
      ["qué sé yo", true],
      ["2", true],
    ]);
    const draft = JSON.parse(JSON.stringify(flow.draft).replaceAll("Soporte", "Taller"));
    await asSystem("test", (tx) => tx.update(schema.flow).set({ draft }).where(eq(schema.flow.id, flow.id)));
    const { turns } = await again();
    expect(turns.filter(({ same }) => !same).map(({ words }) => words)).toContain("2");
    const last = turns.at(-1);
    expect(last?.was.join()).toContain("Soporte");
    expect(last?.now.join()).toContain("Taller");
  });

  it("takes what other systems answered from the ticket, looks questions up, and says what nobody knows", async () => {
    const { world, rosa, flowId } = await orderWorld();
    await rosa.writes("¿hacen envios?");
    const { id: runId, state } = await runOf(world);
    const call = (state as RunState).waiting?.call ?? "";
    const run: NodeRunner = async () => ({ status: 200, body: { state: "listo" } });
    await takeCall({ orgId: world.orgId, runId, call }, { http: run } as Parameters<typeof takeCall>[1]);
    const { number } = await ticketOf(world, rosa.conversationId);
    const on = async (draft: Flow, answers?: object) => {
      await asSystem("test", (tx) => tx.update(schema.flow).set({ draft }).where(eq(schema.flow.id, flowId)));
      const { turns, unanswered } = await replayTicket(world.admin, world.orgId, flowId, number, answers);
      return { said: turns.map(({ now }) => now), unanswered };
    };
    expect(await on(order("Tu pedido:"))).toEqual({ said: [["Tu pedido: listo"]], unanswered: [] });

    const longer = order("Tu pedido:", ["asks.ok>more", "more.ok>tells"]);
    const asked = await on(longer);
    expect(asked).toMatchObject({ said: [[]], unanswered: [{ node: "more", kind: "http", words: { kind: "http" } }] });
    expect(asked.unanswered[0]?.suggested).toMatchObject({
      outcome: "answers",
      text: expect.stringContaining("state"),
    });
    const known = { more: { status: 200, body: { state: "en camino" } } };
    expect(await on(longer, known)).toEqual({ said: [["Tu pedido: en camino"]], unanswered: [] });
    for (const wrong of [[], "x", { more: "x".repeat(300_000) }])
      await expect(on(longer, wrong as object)).rejects.toEqual(refused(422, "invalid_request"));

    const knows = flowOf({ faq: { kind: "faq" }, end: { kind: "handoff", settings: { message: "Te paso" } } }, [
      "faq.answered>end",
    ]);
    expect(await on(knows)).toEqual({ said: [["Sí, a todo el país.", "Te paso"]], unanswered: [] });
  });

  it("is asked by admins who see the ticket", async () => {
    const [{ world, ticket, flow }, theirs] = [await botWorld(), await botWorld()];
    await expect(replayTicket(world.agent, world.orgId, flow.id, ticket.number)).rejects.toEqual(
      refused(403, "forbidden"),
    );
    for (const [actor, orgId, flowId, number] of [
      [theirs.world.admin, world.orgId, flow.id, ticket.number],
      [theirs.world.admin, theirs.world.orgId, flow.id, ticket.number],
      [world.admin, world.orgId, flow.id, ticket.number + 1000],
      [world.admin, world.orgId, flow.id, Number.NaN],
    ] as const)
      await expect(replayTicket(actor, orgId, flowId, number)).rejects.toEqual(refused(404, "not_found"));
    const outside = { ...world.admin, memberships: [{ ...world.admin.memberships[0]!, areaIds: [] }] };
    await asSystem("test", (tx) =>
      tx.update(schema.area).set({ visibility: "private" }).where(eq(schema.area.orgId, world.orgId)),
    );
    await expect(replayTicket(outside, world.orgId, flow.id, ticket.number)).rejects.toEqual(refused(404, "not_found"));
  });
});
