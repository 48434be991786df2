import { desc, eq } from "drizzle-orm";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Flow } from "../flow";

export type FlowRow = typeof schema.flow.$inferSelect;

/** Keeps a new flow as a draft. The caller has checked that the actor is an admin. */
export async function createFlow(ctx: Context, input: { orgId: string; draft: Flow }): Promise<FlowRow> {
  const [row] = await ctx.tx
    .insert(schema.flow)
    .values({
      id: newId(),
      orgId: input.orgId,
      name: input.draft.name,
      draft: input.draft,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    })
    .returning();
  if (!row) throw new Error("insert returned nothing");
  return row;
}

/** Makes the draft the next numbered version; new runs take it, those under way stay on theirs. */
export async function publishFlow(
  ctx: Context,
  flowId: string,
  by: string | null,
): Promise<{ versionId: string; number: number }> {
  const { flow, flowVersion } = schema;
  const [row] = await ctx.tx.select().from(flow).where(eq(flow.id, flowId)).for("update");
  if (!row) throw new Error(`flow ${flowId} is out of scope`);
  const [last] = await ctx.tx
    .select({ number: flowVersion.number })
    .from(flowVersion)
    .where(eq(flowVersion.flowId, flowId))
    .orderBy(desc(flowVersion.number))
    .limit(1);
  const number = (last?.number ?? 0) + 1;
  const versionId = newId();
  await ctx.tx.insert(flowVersion).values({
    id: versionId,
    orgId: row.orgId,
    flowId,
    number,
    definition: row.draft,
    createdBy: by,
    createdAt: ctx.now,
  });
  await ctx.tx.update(flow).set({ publishedVersionId: versionId, updatedAt: ctx.now }).where(eq(flow.id, flowId));
  return { versionId, number };
}
