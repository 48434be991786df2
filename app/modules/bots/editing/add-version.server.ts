import { and, desc, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { membershipIn } from "~/modules/accounts";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { FlowRow, FlowVersionRow } from "./find-flow.server";

export type PublishedVersion = { versionId: string; number: number };

type NewVersion = Pick<FlowVersionRow, "name" | "definition" | "compiled"> & {
  /** Of a call that may come again. */
  id?: string;
};

/** The version that the same call made before; null where it did not. */
export async function madeBefore(ctx: Pick<Context, "tx">, row: FlowRow, onceId: string | undefined) {
  const { flowVersion } = schema;
  if (!onceId) return null;
  const [found] = await ctx.tx
    .select({ versionId: flowVersion.id, number: flowVersion.number })
    .from(flowVersion)
    .where(and(eq(flowVersion.flowId, row.id), eq(flowVersion.id, onceId)));
  return found ?? null;
}

/**
 * Makes the next numbered version of a flow, whose row is held, and lets it run: new runs take it, those under way stay on
 * theirs.
 */
export async function addVersion(ctx: Context<Actor>, row: FlowRow, version: NewVersion): Promise<PublishedVersion> {
  const { flow, flowVersion } = schema;
  const [last] = await ctx.tx
    .select({ number: flowVersion.number })
    .from(flowVersion)
    .where(eq(flowVersion.flowId, row.id))
    .orderBy(desc(flowVersion.number))
    .limit(1);
  const number = (last?.number ?? 0) + 1;
  const { id: versionId = newId(), ...rest } = version;
  const createdBy = membershipIn(ctx.actor, row.orgId)?.memberId ?? null;
  const place = { id: versionId, orgId: row.orgId, flowId: row.id, number };
  await ctx.tx.insert(flowVersion).values({ ...place, ...rest, createdBy, createdAt: ctx.now });
  await ctx.tx.update(flow).set({ publishedVersionId: versionId, updatedAt: ctx.now }).where(eq(flow.id, row.id));
  return { versionId, number };
}
