import { and, desc, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { invalid } from "~/platform/errors";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Flow, parseFlow } from "../flow";
import { findFlow, findVersion } from "./find-flow.server";

const { account, flowVersion, member } = schema;

/** Over how many days runs are counted: what a version ever began would be the organisation's whole history. */
const RUNS_OF_DAYS = 30;

export type FlowVersion = {
  id: string;
  number: number;
  /** What people call it; empty for none. */
  name: string;
  /** Null where the system did, or the command line. */
  author: string | null;
  at: string;
  isPublished: boolean;
  /** Runs that began on it in the last 30 days. */
  runs: number;
};

/** The versions of a flow, the newest first. @throws AppError `not_found`, `forbidden` */
export const listVersions = (actor: Actor, orgId: string, flowId: string): Promise<FlowVersion[]> =>
  transact(actor, { orgId }, async (ctx) => {
    const { publishedVersionId } = await findFlow(ctx, orgId, flowId);
    const since = new Date(ctx.now.getTime() - RUNS_OF_DAYS * 24 * 3_600_000).toISOString();
    const runs = sql<number>`(select count(*)::int from flow_run r
      where r.flow_version_id = ${flowVersion.id} and r.started_at >= ${since}::timestamptz)`;
    const rows = await ctx.tx
      .select({ version: flowVersion, author: account.name, runs })
      .from(flowVersion)
      .leftJoin(member, eq(member.id, flowVersion.createdBy))
      .leftJoin(account, eq(account.id, member.accountId))
      .where(and(eq(flowVersion.orgId, orgId), eq(flowVersion.flowId, flowId)))
      .orderBy(desc(flowVersion.number));
    return rows.map(({ version, author, runs: begun }) => ({
      ...{ id: version.id, number: version.number, name: version.name, author },
      at: version.createdAt.toISOString(),
      isPublished: version.id === publishedVersionId,
      runs: begun,
    }));
  });

/**
 * One version's flow, as it was drawn.
 * @throws AppError `not_found`, `forbidden`; 422 `flow_version_unreadable` when this product can no longer run it
 */
export const readVersion = (
  actor: Actor,
  orgId: string,
  flowId: string,
  versionId: string,
): Promise<{ number: number; name: string; flow: Flow }> =>
  transact(actor, { orgId }, async (ctx) => {
    const { number, name, definition } = await findVersion(ctx, await findFlow(ctx, orgId, flowId), versionId);
    const read = parseFlow(definition);
    if (!read.ok) throw invalid("flow_version_unreadable", { number });
    return { number, name, flow: read.flow };
  });
