import { sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { type Context, transact } from "~/platform/transact.server";
import { type FlowRow, findFlow, findVersion } from "../editing/find-flow.server";
import { nodeWordsOf } from "../editing/node-words";
import type { Flow } from "../flow";
import { definitionOf } from "../flow";
import { ENTERED } from "../nodes/call_flow/call-flow-node";
import { loadFlowVersion } from "../running/published-flow.server";
import type { FlowFigures, NodeFigures } from "./figures";

/** The days that are counted unless others are asked for. */
export const FIGURE_DAYS = 30;
/** More stays than this are not counted at once: the newest stand for all. */
export const MOST_COUNTED_STAYS = 100_000;

const DAY_MS = 24 * 3_600_000;

type ExitCount = { node: string; exit: string | null; stays: number; failed: number; seconds: number | null };

/** The stays of a version that are counted, the newest first. */
const stays = (versionId: string, since: Date) => sql`
  select node, exit, failed, run_id, left_at, entered_at from flow_passage
  where flow_version_id = ${versionId} and entered_at >= ${since.toISOString()}::timestamptz
  order by entered_at desc limit ${MOST_COUNTED_STAYS + 1}`;

/** Runs are looked up one by one: all that ever ran would be gone through otherwise. One row an exit of a node, and one, without an exit, with the median of the node's stays. */
async function countStays(ctx: Pick<Context, "tx">, versionId: string, since: Date) {
  const { rows: exits } = await ctx.tx.execute<Omit<ExitCount, "seconds">>(sql`
    with stay as materialized (${stays(versionId, since)})
    select node, exit, count(*)::int as stays, count(*) filter (where failed)::int as failed
    from stay group by node, exit`);
  const { rows: medians } = await ctx.tx.execute<{ node: string; seconds: number | null }>(sql`
    with stay as materialized (${stays(versionId, since)})
    select node, percentile_cont(0.5) within group (order by extract(epoch from left_at - entered_at))::float8 as seconds
    from stay where left_at is not null group by node`);
  const { rows: stayed } = await ctx.tx.execute<{ node: string; runs: number }>(sql`
    with stay as materialized (${stays(versionId, since)})
    select stay.node, count(*)::int as runs from stay
    where stay.left_at is null and (select r.status from flow_run r where r.id = stay.run_id) = 'ended' group by stay.node`);
  return { exits, medians, stayed };
}

const NONE: NodeFigures = { visits: 0, exits: {}, dropped: 0, medianSeconds: null, failed: 0 };

/** Nodes at which a customer is waited for: only there can somebody stay away. */
const asking = (flow: Flow): Set<string> =>
  new Set(
    flow.nodes.filter((node) => definitionOf(node).family === "ask" || definitionOf(node).waits).map(({ id }) => id),
  );

function figuresOf(flow: Flow, counted: Awaited<ReturnType<typeof countStays>>): FlowFigures["nodes"] {
  const asks = asking(flow);
  const nodes = new Map<string, NodeFigures>();
  const change = (node: string, add: (figures: NodeFigures) => Partial<NodeFigures>) => {
    const before = nodes.get(node) ?? NONE;
    nodes.set(node, { ...before, ...add(before) });
  };
  for (const { node, exit, stays: count, failed } of counted.exits) {
    change(node, (before) => ({
      visits: before.visits + count,
      failed: before.failed + failed,
      // The way into a called flow is no exit that an author sees.
      exits: exit === null || exit === ENTERED ? before.exits : { ...before.exits, [exit]: count },
      dropped: before.dropped + (exit === "no_answer" ? count : 0),
    }));
  }
  for (const { node, seconds } of counted.medians) change(node, () => ({ medianSeconds: seconds }));
  for (const { node, runs } of counted.stayed)
    if (asks.has(node)) change(node, (before) => ({ dropped: before.dropped + runs }));
  return Object.fromEntries(nodes);
}

async function versionOf(ctx: Pick<Context, "tx">, row: FlowRow, asked: string | null) {
  const id = asked ?? row.publishedVersionId;
  return id === null ? null : findVersion(ctx, row, id);
}

/**
 * What happened at the nodes of a version, the published one unless another is asked for, over the last days.
 * @param input.days whole days up to now, 1 to 366
 * @throws AppError `not_found`, `forbidden`
 */
export const readFigures = (
  actor: Actor,
  orgId: string,
  flowId: string,
  input: { versionId: string | null; days?: number },
): Promise<FlowFigures> =>
  transact(actor, { orgId }, async (ctx) => {
    const row = await findFlow(ctx, orgId, flowId);
    const days = Math.min(366, Math.max(1, Math.trunc(input.days ?? FIGURE_DAYS)));
    const since = new Date(ctx.now.getTime() - days * DAY_MS);
    const version = await versionOf(ctx, row, input.versionId);
    if (!version) return { version: null, since: since.toISOString(), partial: false, nodes: {}, words: {} };
    const counted = await countStays(ctx, version.id, since);
    const total = counted.exits.reduce((sum, one) => sum + one.stays, 0);
    const flow = await loadFlowVersion(ctx.tx, version.id);
    const nodes = figuresOf(flow, counted);
    const came = flow.nodes.filter(({ id }) => Object.hasOwn(nodes, id));
    return {
      version: { id: version.id, number: version.number },
      since: since.toISOString(),
      partial: total > MOST_COUNTED_STAYS,
      nodes,
      words: Object.fromEntries(came.map((node) => [node.id, nodeWordsOf(node)])),
    };
  });
