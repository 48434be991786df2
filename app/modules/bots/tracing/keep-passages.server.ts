import { and, eq } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { RunState, TraceEntry } from "../engine/run";
import type { FlowRunRow } from "../running/run-desk.server";
import { passagesOf } from "./passages-of";

const moment = (at: string | null) => (at === null ? null : new Date(at));

/** Keeps where a run has been at this event, for the figures; in the transaction that stores the run. */
export async function keepPassages(
  ctx: Pick<Context, "tx">,
  run: FlowRunRow,
  trace: readonly TraceEntry[],
): Promise<void> {
  const { flowPassage } = schema;
  const { left, entered } = passagesOf(run.state as RunState, trace);
  if (left) {
    const { place, leftAt, exit, failed } = left;
    await ctx.tx
      .update(flowPassage)
      .set({ leftAt: moment(leftAt), exit, failed })
      .where(and(eq(flowPassage.runId, run.id), eq(flowPassage.place, place)));
  }
  if (entered.length === 0) return;
  const { id: runId, orgId, ticketId, flowVersionId } = run;
  const rows = entered.map(({ enteredAt, leftAt, ...stay }) => ({
    ...{ ...stay, orgId, runId, ticketId, flowVersionId },
    ...{ enteredAt: new Date(enteredAt), leftAt: moment(leftAt) },
  }));
  await ctx.tx.insert(flowPassage).values(rows).onConflictDoNothing();
}
