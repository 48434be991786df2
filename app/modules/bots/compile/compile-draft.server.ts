import { and, eq, isNull, or, sql } from "drizzle-orm";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { FlowRow } from "../editing/find-flow.server";
import { type Flow, flowSchema } from "../flow";
import { type CompileProblem, compileFlow, type LoadFlow } from "./compile-flow";

/** Finds the organisation's flows as they are published now. */
function publishedFlows({ tx }: Pick<Context, "tx">, orgId: string): LoadFlow {
  const { flow, flowVersion } = schema;
  return async (named) => {
    const [row] = await tx
      .select({ id: flow.id, definition: flowVersion.definition })
      .from(flow)
      .innerJoin(flowVersion, eq(flowVersion.id, flow.publishedVersionId))
      .where(
        and(
          eq(flow.orgId, orgId),
          isNull(flow.archivedAt),
          or(isUuid(named) ? eq(flow.id, named) : undefined, sql`lower(${flow.name}) = lower(${named})`),
        ),
      )
      .limit(1);
    const read = row && flowSchema.safeParse(row.definition);
    return row && read?.success ? { id: row.id, flow: read.data } : null;
  };
}

const told = ({ node, problem, flow }: CompileProblem) => ({
  ...{ node, path: ["flow"] },
  message: { key: `bots.problems.call_${problem}`, params: { flow } },
});

/**
 * What runs of a flow, with the flows that it calls in it.
 * @throws AppError 422 `flow_has_problems` with `incomplete`, where a called flow is not there, calls back, or is too much
 */
export async function compileDraft(ctx: Pick<Context, "tx">, row: FlowRow, flow: Flow): Promise<Flow> {
  const made = await compileFlow(flow, publishedFlows(ctx, row.orgId), row.id);
  if (!made.ok)
    throw invalid("flow_has_problems", { incomplete: made.problems.map(told), problems: [], scenarios: [] });
  return made.flow;
}
