import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Actor, SYSTEM } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeWorld, withProduct } from "../../../../tests/support/world";
import { drawnNodeOf } from "../compile/calls-flows";
import { createFlow } from "../editing/create-flow.server";
import { publishDraft } from "../editing/publish-draft.server";
import { flowOf } from "../engine/fake-customer";
import { perform } from "./perform";
import { newSimulation, nodeAt } from "./simulation";
import { newSituation } from "./situation";
import { compileDrawn, findForTrial } from "./try-draft.server";

withProduct();

const called = flowOf(
  { ask: { kind: "choice", settings: { body: "¿Envío o retiro?", items: [{ id: "a", label: "Envío" }] } } },
  [],
  { name: "Entrega", settings: { callable: true } as never },
);
const caller = (flow: string) =>
  flowOf({ call: { kind: "call_flow", settings: { flow } }, end: { kind: "handoff" } }, ["call.returned>end"]);

async function callWorld() {
  const world = await makeWorld();
  const flowId = await transactAsSystem(SYSTEM, "test", async (ctx) => {
    await publishDraft(ctx, await createFlow(ctx, { orgId: world.orgId, draft: called }));
    return (await createFlow(ctx, { orgId: world.orgId, draft: caller("Entrega") })).id;
  });
  return { world, flowId, at: [world.admin, world.orgId, flowId] as const };
}

const refused = (status: number, code: string, data?: object) =>
  expect.objectContaining({ status, code, ...(data && { data: expect.objectContaining(data) }) });

describe("a trial of a drawn flow", () => {
  it("runs what publishing would make of it: the called flow speaks, at the call's place", async () => {
    const { at } = await callWorld();
    const drawn = caller("entrega");
    const flow = await compileDrawn(...at, JSON.parse(JSON.stringify(drawn)));
    const say = { do: "say", answer: { kind: "text", text: "hola", payload: null } } as const;
    const simulation = perform(newSimulation(flow, newSituation("web", "2026-03-02T12:00:00.000Z")), say);
    expect(simulation.lines.at(-1)).toMatchObject({ from: "bot", text: "¿Envío o retiro?" });
    expect([nodeAt(simulation), drawnNodeOf(drawn, nodeAt(simulation) ?? "")]).toEqual(["call__ask", "call"]);
    expect(drawnNodeOf(drawn, "elsewhere")).toBeNull();
  });

  it("says which called flow is missing, by the node that calls it", async () => {
    const { at } = await callWorld();
    const incomplete = [
      { node: "call", message: { key: "bots.problems.call_unknown_flow", params: { flow: "Nadie" } } },
    ];
    await expect(compileDrawn(...at, caller("Nadie"))).rejects.toEqual(
      refused(422, "flow_has_problems", { incomplete: incomplete.map((one) => expect.objectContaining(one)) }),
    );
    await expect(compileDrawn(...at, { nodes: [] })).rejects.toEqual(refused(422, "flow_unreadable"));
  });

  it("has the organisation's own answers, and those of no other", async () => {
    const [{ world, at }, theirs] = [await callWorld(), await callWorld()];
    const entry = (orgId: string, answer: string) => ({
      ...{ id: newId(), orgId, language: "es" as const, enabled: true, questions: ["¿Hacen envíos?"], answer },
    });
    await asSystem("test", async (tx) => {
      await tx.insert(schema.faqEntry).values(entry(world.orgId, "Sí"));
      await tx.insert(schema.faqEntry).values(entry(theirs.world.orgId, "No"));
    });
    const { answers } = await findForTrial(...at, { text: "hacen envios?", language: "es" });
    expect(answers.map(({ answer }) => answer)).toEqual(["Sí"]);
    await expect(findForTrial(...at, { text: "x" })).rejects.toEqual(refused(422, "invalid_request"));
  });

  it("is for admins of the flow's organisation", async () => {
    const [{ world, flowId, at }, theirs] = [await callWorld(), await callWorld()];
    const calls = (actor: Actor, orgId: string, flow: string) => [
      () => compileDrawn(actor, orgId, flow, caller("Entrega")),
      () => findForTrial(actor, orgId, flow, { text: "x", language: "es" }),
    ];
    for (const call of calls(world.agent, world.orgId, flowId))
      await expect(call()).rejects.toEqual(refused(403, "forbidden"));
    await asSystem("test", (tx) =>
      tx.update(schema.flow).set({ archivedAt: new Date() }).where(eq(schema.flow.id, theirs.flowId)),
    );
    for (const call of [
      ...calls(theirs.world.admin, world.orgId, flowId),
      ...calls(theirs.world.admin, theirs.world.orgId, flowId),
      ...calls(...theirs.at),
      ...calls(at[0], at[1], "no id"),
    ])
      await expect(call()).rejects.toEqual(refused(404, "not_found"));
  });
});
