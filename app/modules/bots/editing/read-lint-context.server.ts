import { and, eq, isNull } from "drizzle-orm";
import { CHANNEL_LIMITS } from "~/modules/channels";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { LintContext } from "../lint/rule";

/**
 * What the linter should know of an organisation: its areas, members and flows, and the channels that this flow answers
 * first on (none for a flow that is none of its own yet).
 */
export async function readLintContext(
  ctx: Pick<Context, "tx">,
  orgId: string,
  flowId: string | null,
): Promise<Required<Pick<LintContext, "channels" | "areas" | "members" | "flows">>> {
  const { area, channel, flow, member } = schema;
  const { tx } = ctx;
  const answered = flowId
    ? await tx
        .selectDistinct({ kind: channel.kind })
        .from(channel)
        .where(and(eq(channel.orgId, orgId), eq(channel.flowId, flowId), isNull(channel.disabledAt)))
    : [];
  const areas = await tx
    .select({ id: area.id, name: area.name })
    .from(area)
    .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)));
  const members = await tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt)));
  const flows = await tx
    .select({ id: flow.id })
    .from(flow)
    .where(and(eq(flow.orgId, orgId), isNull(flow.archivedAt)));
  return {
    channels: answered.map(({ kind }) => ({ kind, limits: CHANNEL_LIMITS[kind] })),
    areas: areas.flatMap(({ id, name }) => [id, name]),
    members: members.map(({ id }) => id),
    flows: flows.map(({ id }) => id),
  };
}
