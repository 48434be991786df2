import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Actor, SYSTEM } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeWorld, withProduct } from "../../../../tests/support/world";
import { createFlow } from "../editing/create-flow.server";
import { publishFlow } from "../editing/publish-flow.server";
import { flowOf } from "../engine/fake-customer";
import type { Flow } from "../flow";
import { perform } from "../simulator/perform";
import { newSimulation } from "../simulator/simulation";
import { newSituation } from "../simulator/situation";
import { changeScenario, deleteScenario, keepScenario, listScenarios } from "./change-scenarios.server";
import { scriptOf } from "./script-of";

withProduct();

const greeting = (words: string): Flow =>
  flowOf({ hi: { kind: "text", settings: { texts: [words] } }, end: { kind: "handoff" } }, ["hi.next>end"]);

function scriptFor(flow: Flow) {
  const situation = newSituation("web", "2026-03-02T12:00:00.000Z");
  const answer = { kind: "text", text: "hola", payload: null };
  return scriptOf(perform(newSimulation(flow, situation), { do: "say", answer }), situation);
}

async function flowWorld(draft = greeting("Uno")) {
  const world = await makeWorld();
  const flowId = await transactAsSystem(SYSTEM, "test", async (ctx) => {
    return (await createFlow(ctx, { orgId: world.orgId, draft })).id;
  });
  return { world, flowId, at: [world.admin, world.orgId, flowId] as const };
}

const refused = (status: number, code: string, data?: object) =>
  expect.objectContaining({ status, code, ...(data && { data: expect.objectContaining(data) }) });

describe("scenarios of a flow", () => {
  it("are tried when it is published: one that fails blocks it, with what was expected and what came", async () => {
    const { flowId, at } = await flowWorld();
    const kept = await keepScenario(...at, { name: "Saludo", script: scriptFor(greeting("Uno")) });
    expect(await publishFlow(...at, { revision: 1 })).toMatchObject({ number: 1 });
    await asSystem("test", (tx) =>
      tx
        .update(schema.flow)
        .set({ draft: greeting("Dos") })
        .where(eq(schema.flow.id, flowId)),
    );
    const said = (first: string) => ({ says: [{ text: first, choices: [] }], ends: "handed_over" });
    const difference = { step: 1, did: "hola", expected: said("Uno"), got: said("Dos") };
    const scenario = { id: kept.id, name: "Saludo", passed: false, differences: [difference] };
    await expect(publishFlow(...at, { revision: 1 })).rejects.toEqual(
      refused(422, "flow_has_problems", { scenarios: [scenario] }),
    );
    await changeScenario(...at, { id: kept.id, script: scriptFor(greeting("Dos")) });
    expect(await publishFlow(...at, { revision: 1 })).toMatchObject({ number: 2 });
  });

  it("one that can no longer be read blocks too", async () => {
    const { at } = await flowWorld();
    const { id } = await keepScenario(...at, { name: "Saludo", script: scriptFor(greeting("Uno")) });
    await asSystem("test", (tx) =>
      tx
        .update(schema.flowScenario)
        .set({ script: { schema: 0 } })
        .where(eq(schema.flowScenario.id, id)),
    );
    expect((await listScenarios(...at))[0]).toMatchObject({ name: "Saludo", script: null });
    await expect(publishFlow(...at, { revision: 1 })).rejects.toEqual(refused(422, "flow_has_problems"));
    await deleteScenario(...at, id);
    expect(await publishFlow(...at, { revision: 1 })).toMatchObject({ number: 1 });
  });

  it("have names of their own, and are no more than fit", async () => {
    const { at } = await flowWorld();
    const script = scriptFor(greeting("Uno"));
    const first = await keepScenario(...at, { name: " Saludo ", script });
    const second = await keepScenario(...at, { name: "Otro", script });
    await expect(keepScenario(...at, { name: "saludo", script })).rejects.toEqual(refused(409, "scenario_name_taken"));
    await expect(changeScenario(...at, { id: second.id, name: "SALUDO" })).rejects.toEqual(
      refused(409, "scenario_name_taken"),
    );
    expect(await changeScenario(...at, { id: first.id, name: "SALUDO" })).toMatchObject({ name: "SALUDO", script });
    for (const name of ["", " ", "n".repeat(101)])
      await expect(keepScenario(...at, { name, script })).rejects.toEqual(refused(422, "scenario_name_invalid"));
    for (const wrong of [null, {}, { ...script, steps: [] }, { ...script, more: 1 }])
      await expect(keepScenario(...at, { name: "x", script: wrong })).rejects.toEqual(refused(422, "scenario_invalid"));
    for (let i = 2; i < 50; i++) await keepScenario(...at, { name: `n${i}`, script });
    await expect(keepScenario(...at, { name: "x", script })).rejects.toEqual(refused(409, "too_many_scenarios"));
  });

  it("are the admins' of the flow's organisation; to others they are not there", async () => {
    const [{ world, flowId, at }, theirs] = [await flowWorld(), await flowWorld()];
    const script = scriptFor(greeting("Uno"));
    const { id } = await keepScenario(...at, { name: "Saludo", script });
    const calls = (actor: Actor, orgId: string, flow: string, scenario: string) => [
      () => changeScenario(actor, orgId, flow, { id: scenario, name: "x" }),
      () => deleteScenario(actor, orgId, flow, scenario),
    ];
    const onFlow = (actor: Actor, orgId: string, flow: string) => [
      () => listScenarios(actor, orgId, flow),
      () => keepScenario(actor, orgId, flow, { name: "x", script }),
      ...calls(actor, orgId, flow, id),
    ];
    for (const call of onFlow(world.agent, world.orgId, flowId))
      await expect(call()).rejects.toEqual(refused(403, "forbidden"));
    for (const call of [
      ...onFlow(theirs.world.admin, world.orgId, flowId),
      ...onFlow(theirs.world.admin, theirs.world.orgId, flowId),
      ...calls(...theirs.at, id),
      ...calls(...at, newId()),
      ...calls(...at, "no id"),
    ])
      await expect(call()).rejects.toEqual(refused(404, "not_found"));
    expect(await listScenarios(...at)).toMatchObject([{ name: "Saludo" }]);
  });
});
