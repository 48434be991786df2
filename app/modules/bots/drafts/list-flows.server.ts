import { and, asc, count, eq, gte, isNull, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import type { ChannelKind } from "~/modules/channels";
import { transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";

/** Over how many days runs are counted. */
export const RUNS_OF_DAYS = 30;

export type FlowListed = {
  id: string;
  name: string;
  /** `changed`: published, and its draft was changed since. */
  state: "draft" | "published" | "changed";
  /** The published version's number. */
  version: number | null;
  channels: { id: string; kind: ChannelKind; name: string }[];
  /** Runs that began in the last 30 days. */
  runs: number;
  archived: boolean;
};

/** All flows of an organisation by name, those out of use last. @throws AppError `not_found`, `forbidden` */
export const listFlows = (actor: Actor, orgId: string): Promise<FlowListed[]> =>
  transact(actor, { orgId }, async (ctx) => {
    authorise(ctx.actor, orgId, "flows.read");
    const { channel, flow, flowRun, flowVersion } = schema;
    const { tx, now } = ctx;
    const rows = await tx
      .select({
        ...{ id: flow.id, name: flow.name, archivedAt: flow.archivedAt, updatedAt: flow.updatedAt },
        ...{ version: flowVersion.number, publishedAt: flowVersion.createdAt },
      })
      .from(flow)
      .leftJoin(flowVersion, eq(flowVersion.id, flow.publishedVersionId))
      .where(eq(flow.orgId, orgId))
      .orderBy(sql`${flow.archivedAt} is not null`, asc(flow.name), asc(flow.id));
    const channels = await tx
      .select({ id: channel.id, kind: channel.kind, name: channel.name, flowId: channel.flowId })
      .from(channel)
      .where(and(eq(channel.orgId, orgId), isNull(channel.disabledAt)))
      .orderBy(asc(channel.createdAt));
    const since = new Date(now.getTime() - RUNS_OF_DAYS * 24 * 3_600_000);
    const counted = await tx
      .select({ flowId: flowVersion.flowId, runs: count() })
      .from(flowRun)
      .innerJoin(flowVersion, eq(flowVersion.id, flowRun.flowVersionId))
      .where(and(eq(flowRun.orgId, orgId), gte(flowRun.startedAt, since)))
      .groupBy(flowVersion.flowId);
    const runs = new Map(counted.map((row) => [row.flowId, row.runs]));
    return rows.map(({ id, name, archivedAt, updatedAt, version, publishedAt }) => ({
      ...{ id, name, version, archived: archivedAt !== null },
      state: publishedAt === null ? "draft" : updatedAt > publishedAt ? "changed" : "published",
      channels: channels.flatMap(({ flowId, ...one }) => (flowId === id ? [one] : [])),
      runs: runs.get(id) ?? 0,
    }));
  });
