import { and, asc, isNotNull, isNull } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

/** The published flows of the transaction's organisation by name: what may answer first on a channel. */
export function listFlowChoices(ctx: Pick<Context, "tx">): Promise<{ id: string; name: string }[]> {
  const { flow } = schema;
  return ctx.tx
    .select({ id: flow.id, name: flow.name })
    .from(flow)
    .where(and(isNull(flow.archivedAt), isNotNull(flow.publishedVersionId)))
    .orderBy(asc(flow.name), asc(flow.id));
}
