import { eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { type Actor, SYSTEM } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { makeCustomer, makeWorld, memberWrites, ticketOf, withProduct } from "../../../../tests/support/world";
import { createFlow } from "../editing/create-flow.server";
import { publishDraft } from "../editing/publish-draft.server";
import { flowOf } from "../engine/fake-customer";
import { listStayTickets } from "./list-stay-tickets.server";
import { readFigures } from "./read-figures.server";

withProduct();

const items = [
  { id: "sales", label: "Ventas" },
  { id: "support", label: "Soporte" },
];
const flow = flowOf(
  {
    menu: { kind: "choice", settings: { body: "¿Qué?", items } },
    sales: { kind: "handoff", settings: { area: "Ventas" } },
    support: { kind: "handoff", settings: { area: "Soporte" } },
  },
  ["menu.sales>sales", "menu.support>support"],
);

async function flowWorld() {
  const world = await makeWorld();
  const made = await transactAsSystem(SYSTEM, "test", async (ctx) => {
    const row = await createFlow(ctx, { orgId: world.orgId, draft: flow });
    await ctx.tx.update(schema.channel).set({ flowId: row.id }).where(eq(schema.channel.orgId, world.orgId));
    return { flowId: row.id, ...(await publishDraft(ctx, row)) };
  });
  return { world, ...made, at: [world.admin, world.orgId, made.flowId] as const };
}

const refused = (status: number, code: string) => expect.objectContaining({ status, code });

describe("the figures of a version", () => {
  it("count visits, exits, those who stayed away, and the median of the times", async () => {
    const { world, versionId, at } = await flowWorld();
    const people = [];
    for (const name of ["Rosa", "Tito", "Lía"]) {
      const one = await makeCustomer(world, name);
      await one.writes("hola");
      people.push(one);
    }
    const [rosa, tito, lia] = people;
    await rosa?.writes("Ventas");
    await tito?.writes("Soporte");
    await memberWrites(world.admin, lia?.conversationId ?? "", "Yo te ayudo");
    const waits = await makeCustomer(world, "Ana");
    await waits.writes("hola");
    // The stays are made to last, without anybody having to wait.
    await asSystem("test", (tx) =>
      tx.execute(sql`update flow_passage set left_at = entered_at + (case exit when 'sales' then 10 else 30 end) * interval '1 second'
        where org_id = ${world.orgId} and node = 'menu' and left_at is not null`),
    );
    const figures = await readFigures(...at, { versionId: null });
    expect(figures).toMatchObject({ version: { id: versionId, number: 1 }, partial: false });
    expect(figures.nodes.menu).toEqual({
      visits: 4,
      exits: { sales: 1, support: 1 },
      dropped: 1,
      medianSeconds: 20,
      failed: 0,
    });
    expect(figures.nodes.sales).toMatchObject({ visits: 1, dropped: 0, medianSeconds: null });

    const asked = (more: object) => listStayTickets(...at, { versionId, node: "menu", ...more });
    expect((await asked({})).map(({ contact }) => contact)).toEqual(["Ana", "Lía", "Tito", "Rosa"]);
    expect((await asked({ exit: "sales" })).map(({ contact }) => contact)).toEqual(["Rosa"]);
    expect((await asked({ only: "dropped" })).map(({ contact }) => contact)).toEqual(["Lía"]);
    expect(await asked({ only: "failed" })).toEqual([]);
    const { id } = await ticketOf(world, rosa?.conversationId ?? "");
    expect((await asked({ exit: "sales" }))[0]?.id).toBe(id);
  });

  it("leave out older days and other versions", async () => {
    const { world, versionId, at } = await flowWorld();
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await asSystem("test", (tx) =>
      tx.execute(sql`update flow_passage set entered_at = now() - interval '31 days' where org_id = ${world.orgId}`),
    );
    expect((await readFigures(...at, { versionId })).nodes).toEqual({});
    expect((await readFigures(...at, { versionId, days: 40 })).nodes.menu?.visits).toBe(1);
  });

  it("show only tickets that the reader sees, and nothing to who may not or to others", async () => {
    const [{ world, flowId, versionId, at }, theirs] = [await flowWorld(), await flowWorld()];
    const rosa = await makeCustomer(world);
    await rosa.writes("hola");
    await asSystem("test", async (tx) => {
      await tx.update(schema.area).set({ visibility: "private" }).where(eq(schema.area.id, world.areas.sales));
    });
    const outside = { ...world.admin, memberships: [{ ...world.admin.memberships[0]!, areaIds: [] }] };
    const asked = { versionId, node: "menu" };
    expect(await listStayTickets(...at, asked)).toHaveLength(1);
    expect(await listStayTickets(outside, world.orgId, flowId, asked)).toEqual([]);
    const calls = (actor: Actor, orgId: string, flow: string, version: string) => [
      () => readFigures(actor, orgId, flow, { versionId: version }),
      () => listStayTickets(actor, orgId, flow, { versionId: version, node: "menu" }),
    ];
    for (const call of calls(world.agent, world.orgId, flowId, versionId))
      await expect(call()).rejects.toEqual(refused(403, "forbidden"));
    for (const call of [
      ...calls(theirs.world.admin, world.orgId, flowId, versionId),
      ...calls(...theirs.at, versionId),
      ...calls(...at, theirs.versionId),
      ...calls(...at, newId()),
    ])
      await expect(call()).rejects.toEqual(refused(404, "not_found"));
  });
});
