import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { compiledFlowSchema, type Flow, flowSchema } from "../flow";

/** Versions never change, so that a parsed one is kept; the oldest goes when there are many. */
const KEPT = 200;
const parsed = new Map<string, Flow>();

/** What runs of a version of a flow, parsed. @throws Error when it is out of scope or no longer fits the schema */
export async function loadFlowVersion(tx: Tx, versionId: string): Promise<Flow> {
  const known = parsed.get(versionId);
  if (known) return known;
  const { flowVersion } = schema;
  const [row] = await tx
    .select({ definition: flowVersion.definition, compiled: flowVersion.compiled })
    .from(flowVersion)
    .where(eq(flowVersion.id, versionId));
  if (!row) throw new Error(`flow version ${versionId} is out of scope`);
  const flow = row.compiled === null ? flowSchema.parse(row.definition) : compiledFlowSchema.parse(row.compiled);
  if (parsed.size >= KEPT) parsed.delete(parsed.keys().next().value ?? "");
  parsed.set(versionId, flow);
  return flow;
}

/** The published version that answers first on a channel, and the area that its tickets come into; or null. */
export async function findPublishedVersion(
  tx: Tx,
  channelId: string,
): Promise<{ versionId: string; flow: Flow; orgId: string; areaId: string } | null> {
  const { channel, flow } = schema;
  const [row] = await tx
    .select({ versionId: flow.publishedVersionId, orgId: channel.orgId, areaId: channel.areaId })
    .from(channel)
    .innerJoin(flow, eq(flow.id, channel.flowId))
    .where(and(eq(channel.id, channelId), isNull(flow.archivedAt)));
  if (!row?.versionId) return null;
  const { versionId, orgId, areaId } = row;
  return { versionId, flow: await loadFlowVersion(tx, versionId), orgId, areaId };
}
