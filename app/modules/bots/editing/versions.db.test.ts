import { eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Actor, SYSTEM } from "~/modules/accounts";
import { listAudit } from "~/modules/accounts/index.server";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transact, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, ticketOf, type World, withProduct } from "../../../../tests/support/world";
import { flowOf } from "../engine/fake-customer";
import type { Flow } from "../flow";
import { createFlow } from "./create-flow.server";
import { listVersions, readVersion } from "./list-versions.server";
import { publishFlow } from "./publish-flow.server";
import { rollBack } from "./roll-back.server";

withProduct();

const greeting = (words: string, more: object = {}): Flow =>
  flowOf(
    {
      menu: { kind: "choice", settings: { body: words, items: [{ id: "sales", label: "Ventas" }] } },
      sales: { kind: "handoff", settings: { area: "Ventas", message: `${words} Ventas`, ...more } },
    },
    ["menu.sales>sales"],
  );

/** An organisation with a flow that its channels ask first, not published yet. */
async function flowWorld(draft = greeting("Uno")): Promise<{ world: World; flowId: string }> {
  const world = await makeWorld();
  const flowId = await transactAsSystem(SYSTEM, "test", async (ctx) => {
    const { id } = await createFlow(ctx, { orgId: world.orgId, draft });
    await ctx.tx.update(schema.channel).set({ flowId: id }).where(eq(schema.channel.orgId, world.orgId));
    return id;
  });
  return { world, flowId };
}

const save = (flowId: string, draft: Flow, revision: number) =>
  asSystem("test", (tx) =>
    tx.update(schema.flow).set({ draft, draftRevision: revision }).where(eq(schema.flow.id, flowId)),
  );

const refused = (status: number, code: string, data?: object) =>
  expect.objectContaining({ status, code, ...(data && { data: expect.objectContaining(data) }) });

const auditOf = async ({ admin, orgId }: World) =>
  (await transact(admin, { orgId }, (ctx) => listAudit(ctx, { orgId, limit: 50 }))).entries;

describe("publishing a flow", () => {
  it("makes numbered versions with name and author, and a line in the audit log (pitfall 31)", async () => {
    const { world, flowId } = await flowWorld();
    const { admin, orgId } = world;
    expect(await publishFlow(admin, orgId, flowId, { revision: 1, name: " Apertura " })).toMatchObject({ number: 1 });
    await save(flowId, greeting("Dos"), 2);
    const second = await publishFlow(admin, orgId, flowId, { revision: 2 });
    expect(await listVersions(admin, orgId, flowId)).toMatchObject([
      { id: second.versionId, number: 2, name: "", author: "Ana", isPublished: true, runs: 0 },
      { number: 1, name: "Apertura", author: "Ana", isPublished: false, runs: 0 },
    ]);
    const first = (await listVersions(admin, orgId, flowId))[1];
    expect((await readVersion(admin, orgId, flowId, first?.id ?? "")).flow).toEqual(greeting("Uno"));
    const published = (await auditOf(world)).filter(({ action }) => action === "flow.published");
    expect(published.map(({ actorName, subjectName, after }) => [actorName, subjectName, after])).toEqual([
      ["Ana", "Prueba", { number: 2 }],
      ["Ana", "Prueba", { name: "Apertura", number: 1 }],
    ]);
  });

  it("refuses a draft that somebody changed meanwhile", async () => {
    const { world, flowId } = await flowWorld();
    await save(flowId, greeting("Dos"), 2);
    const late = publishFlow(world.admin, world.orgId, flowId, { revision: 1 });
    await expect(late).rejects.toEqual(refused(409, "flow_changed", { revision: 2 }));
    expect(await listVersions(world.admin, world.orgId, flowId)).toEqual([]);
  });

  it("lets one of two at once have each number", async () => {
    const { world, flowId } = await flowWorld();
    const publish = () => publishFlow(world.admin, world.orgId, flowId, { revision: 1 });
    const made = await Promise.all([publish(), publish(), publish()]);
    expect(made.map(({ number }) => number).sort()).toEqual([1, 2, 3]);
  });

  it("refuses what the linter calls an error, by what the organisation has; warnings pass (pitfall 31)", async () => {
    const { world, flowId } = await flowWorld(greeting("Uno", { area: "Taller" }));
    const publish = (revision: number) => publishFlow(world.admin, world.orgId, flowId, { revision });
    const problem = { rule: "missing_reference", severity: "error", node: "sales" };
    await expect(publish(1)).rejects.toEqual(
      refused(422, "flow_has_problems", { problems: expect.arrayContaining([expect.objectContaining(problem)]) }),
    );
    await asSystem("test", (tx) => tx.insert(schema.area).values({ id: newId(), orgId: world.orgId, name: "Taller" }));
    expect(await publish(1)).toMatchObject({ number: 1 });
  });

  it("refuses what is no whole flow, and a name longer than its place", async () => {
    const { world, flowId } = await flowWorld();
    const publish = (name?: string) => publishFlow(world.admin, world.orgId, flowId, { revision: 1, name });
    await expect(publish("n".repeat(101))).rejects.toEqual(refused(422, "version_name_invalid"));
    await save(flowId, { ...greeting("Uno"), start: "nowhere" }, 1);
    await expect(publish()).rejects.toEqual(refused(422, "flow_has_problems"));
  });

  it("puts the flows that it calls into what runs, and refuses one that is not there or that calls back", async () => {
    const { world, flowId } = await flowWorld();
    const { admin, orgId } = world;
    const call = (flow: string) =>
      flowOf({ call: { kind: "call_flow", settings: { flow } }, end: { kind: "handoff" } }, ["call.returned>end"]);
    const outer = await transactAsSystem(SYSTEM, "test", (ctx) => createFlow(ctx, { orgId, draft: call(flowId) }));
    const publish = (id: string, revision = 1) => publishFlow(admin, orgId, id, { revision });
    await expect(publish(outer.id)).rejects.toEqual(refused(422, "flow_has_problems"));
    await publish(flowId);
    const { versionId } = await publish(outer.id);
    const [row] = await asSystem("test", (tx) =>
      tx.select().from(schema.flowVersion).where(eq(schema.flowVersion.id, versionId)),
    );
    expect((row?.compiled as Flow | undefined)?.nodes.map(({ id }) => id)).toContain("call__menu");
    await save(flowId, call(outer.id), 2);
    const problem = { node: "call", message: { key: "bots.problems.call_cycle", params: { flow: flowId } } };
    await expect(publish(flowId, 2)).rejects.toEqual(
      refused(422, "flow_has_problems", { incomplete: [expect.objectContaining(problem)] }),
    );
  });

  it("is the admins' of its organisation; to others it is not there", async () => {
    const [{ world, flowId }, theirs] = [await flowWorld(), await makeWorld()];
    const { versionId } = await publishFlow(world.admin, world.orgId, flowId, { revision: 1 });
    const calls = (actor: Actor, orgId: string, id: string) => [
      () => publishFlow(actor, orgId, id, { revision: 1 }),
      () => rollBack(actor, orgId, id, versionId),
      () => listVersions(actor, orgId, id),
      () => readVersion(actor, orgId, id, versionId),
    ];
    for (const call of calls(world.agent, world.orgId, flowId))
      await expect(call()).rejects.toEqual(refused(403, "forbidden"));
    for (const call of [
      ...calls(theirs.admin, theirs.orgId, flowId),
      ...calls(theirs.admin, world.orgId, flowId),
      ...calls(world.admin, world.orgId, newId()),
      ...calls(world.admin, world.orgId, "no id"),
    ])
      await expect(call()).rejects.toEqual(refused(404, "not_found"));
  });
});

describe("going back to an earlier version", () => {
  it("lets it run again under a new number, as the draft too; runs stay on theirs (pitfall 31)", async () => {
    const { world, flowId } = await flowWorld();
    const { admin, orgId } = world;
    const first = await publishFlow(admin, orgId, flowId, { revision: 1, name: "Buena" });
    await save(flowId, greeting("Dos"), 2);
    await publishFlow(admin, orgId, flowId, { revision: 2 });
    const [rosa, tito] = [await makeCustomer(world), await makeCustomer(world, "Tito")];
    await rosa.writes("hola");

    const third = await rollBack(admin, orgId, flowId, first.versionId);
    expect(third.number).toBe(3);
    await rosa.writes("Ventas");
    await tito.writes("hola");
    const said = async (conversationId: string) => (await ticketOf(world, conversationId)).last_message?.text;
    expect(await said(tito.conversationId)).toContain("Uno");
    const [row] = await asSystem("test", (tx) => tx.select().from(schema.flow).where(eq(schema.flow.id, flowId)));
    expect(row).toMatchObject({ draft: greeting("Uno"), draftRevision: 3, publishedVersionId: third.versionId });
    expect((await listVersions(admin, orgId, flowId)).map(({ number, name, runs }) => [number, name, runs])).toEqual([
      [3, "Buena", 1],
      [2, "", 1],
      [1, "Buena", 0],
    ]);
    expect((await auditOf(world))[0]).toMatchObject({ action: "flow.rolled_back", after: { number: 3, to: 1 } });
  });

  it("refuses a version of another flow, and one that can no longer run", async () => {
    const [{ world, flowId }, other] = [await flowWorld(), await flowWorld()];
    const { versionId } = await publishFlow(other.world.admin, other.world.orgId, other.flowId, { revision: 1 });
    const back = (id: string) => rollBack(world.admin, world.orgId, flowId, id);
    await expect(back(versionId)).rejects.toEqual(refused(404, "not_found"));
    const mine = await publishFlow(world.admin, world.orgId, flowId, { revision: 1 });
    await asSystem("test", (tx) =>
      tx
        .update(schema.flowVersion)
        .set({ definition: { schema: 0 } })
        .where(eq(schema.flowVersion.id, mine.versionId)),
    );
    await expect(back(mine.versionId)).rejects.toEqual(refused(422, "flow_version_unreadable"));
  });
});
