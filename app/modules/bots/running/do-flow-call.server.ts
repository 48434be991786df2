import { eq } from "drizzle-orm";
import { SYSTEM } from "~/modules/accounts";
import { ticketVerb } from "~/modules/tickets/index.server";
import { defineJob } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { schema } from "~db/index.server";
import type { RunState } from "../engine/run";
import { type CallScope, runners, type ServerNodeKind } from "../nodes/runners.server";
import type { Json } from "../wording/json";
import { advanceRun } from "./advance-run.server";
import { flowCall } from "./flow-call";
import { loadFlowVersion } from "./published-flow.server";
import { openLiveRun } from "./run-desk.server";

type Call = { orgId: string; runId: string; call: string };

/**
 * Whatever a worker has begun may have been done, even if nobody heard its answer (F36): it is begun once more at most,
 * under the same idempotency key, and after that the node's `error` exit is taken.
 */
const MOST_TRIES = 2;

/** Longer than any node may ask for; its own limits come first. */
const LONGEST_MS = 60_000;

/** Does a node's server work and hands the run its result, which is taken once and only while the run waits for it. */
export const doFlowCall = defineJob({ ...flowCall, run: (call) => takeCall(call) });

/** @param work what does it, by the node's kind */
export async function takeCall(call: Call, work: Pick<typeof runners, ServerNodeKind> = runners): Promise<void> {
  const begun = await begin(call);
  if (!begun) return;
  const output = begun.over ? { error: "interrupted" } : await resultOf(begun, call, work);
  await ticketVerb(SYSTEM, { orgId: call.orgId }, async (ctx) => {
    const desk = await openLiveRun(ctx, call.runId);
    if (!desk) return;
    await advanceRun(ctx, desk, { type: "result", id: `${call.runId}:${call.call}`, call: call.call, output });
  });
}

type Begun = { over: boolean; kind: ServerNodeKind; input: Json; conversationId: string };

/** Counts the try before anything leaves; null when the run waits for this no more. */
const begin = ({ orgId, runId, call }: Call): Promise<Begun | null> =>
  ticketVerb(SYSTEM, { orgId }, async (ctx) => {
    const desk = await openLiveRun(ctx, runId);
    const state = desk?.run.state as RunState | undefined;
    const waiting = state?.waiting;
    if (!desk || !waiting || waiting.call !== call) return null;
    const flow = await loadFlowVersion(ctx.tx, desk.run.flowVersionId);
    const kind = flow.nodes.find(({ id }) => id === waiting.node)?.kind as ServerNodeKind;
    const { tries = 0, input = null } = waiting;
    const begun = { over: tries >= MOST_TRIES, kind, input, conversationId: desk.conversation.id };
    if (begun.over) return begun;
    const counted = { ...state, waiting: { ...waiting, tries: tries + 1 } };
    await ctx.tx.update(schema.flowRun).set({ state: counted }).where(eq(schema.flowRun.id, runId));
    return begun;
  });

/** What the work came to; a fault of ours is an answer too, for the customer waits. */
async function resultOf(
  { kind, input, conversationId }: Begun,
  { orgId, runId, call }: Call,
  work: Pick<typeof runners, ServerNodeKind>,
): Promise<Json> {
  const scope: CallScope = { orgId, conversationId, key: `${runId}:${call}` };
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<Json>((resolve) => {
    late = setTimeout(resolve, LONGEST_MS, { error: "timeout" });
  });
  try {
    return await Promise.race([work[kind](input, scope), limit]);
  } catch (error) {
    log.error({ err: error, runId, call, kind }, "a bot's server work failed");
    return { error: "failed" };
  } finally {
    clearTimeout(late);
  }
}
