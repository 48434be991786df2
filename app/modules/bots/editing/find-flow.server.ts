import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

const { flow, flowVersion } = schema;
export type FlowRow = typeof flow.$inferSelect;
export type FlowVersionRow = typeof flowVersion.$inferSelect;

const living = (orgId: string, flowId: string) =>
  and(eq(flow.orgId, orgId), eq(flow.id, flowId), isNull(flow.archivedAt));

/** A flow that is not archived, for who may read it. @throws AppError `not_found`, `forbidden` */
export async function findFlow(ctx: Context<Actor>, orgId: string, flowId: string): Promise<FlowRow> {
  authorise(ctx.actor, orgId, "flows.read");
  const [row] = isUuid(flowId) ? await ctx.tx.select().from(flow).where(living(orgId, flowId)) : [];
  if (!row) throw notFound("flow");
  return row;
}

/** The same for who may change it, held. @throws AppError `not_found`, `forbidden` */
export async function lockFlow(ctx: Context<Actor>, orgId: string, flowId: string): Promise<FlowRow> {
  authorise(ctx.actor, orgId, "flows.write");
  const [row] = isUuid(flowId) ? await ctx.tx.select().from(flow).where(living(orgId, flowId)).for("update") : [];
  if (!row) throw notFound("flow");
  return row;
}

/** One version of a flow that was found already. @throws AppError `not_found` */
export async function findVersion(
  ctx: Pick<Context, "tx">,
  { orgId, id }: FlowRow,
  versionId: string,
): Promise<FlowVersionRow> {
  const mine = and(eq(flowVersion.orgId, orgId), eq(flowVersion.flowId, id), eq(flowVersion.id, versionId));
  const [row] = isUuid(versionId) ? await ctx.tx.select().from(flowVersion).where(mine) : [];
  if (!row) throw notFound("flow_version");
  return row;
}
