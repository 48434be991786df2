import { asc, eq } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import type { Flow } from "~/modules/bots";
import { asSystem } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { schema } from "~db/index.server";
import { type Customer, makeCustomer, makeWorld, type World } from "../world";

/** An organisation whose web chat is answered by this flow first, and a customer who has not written yet. */
export async function botWorld(flow: Flow): Promise<{ world: World; rosa: Customer }> {
  const world = await makeWorld();
  const { orgId } = world;
  await asSystem(SYSTEM.kind, async (tx) => {
    const flowId = newId();
    const versionId = newId();
    await tx.insert(schema.flow).values({ id: flowId, orgId, name: flow.name, draft: flow });
    await tx.insert(schema.flowVersion).values({ id: versionId, orgId, flowId, number: 1, definition: flow });
    await tx.update(schema.flow).set({ publishedVersionId: versionId }).where(eq(schema.flow.id, flowId));
    await tx.update(schema.channel).set({ flowId }).where(eq(schema.channel.orgId, orgId));
  });
  return { world, rosa: await makeCustomer(world) };
}

/** The organisation's first run. */
export async function runOf(world: World) {
  const { flowRun } = schema;
  const [run] = await asSystem("test", (tx) =>
    tx.select().from(flowRun).where(eq(flowRun.orgId, world.orgId)).orderBy(asc(flowRun.startedAt)),
  );
  if (!run) throw new Error("no run");
  return run;
}
