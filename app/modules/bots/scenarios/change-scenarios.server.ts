import { count, eq } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { recordAudit } from "~/modules/accounts/index.server";
import { conflict } from "~/platform/errors";
import { newId } from "~/platform/ids";
import { type Context, transact } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type FlowRow, findFlow, lockFlow } from "../editing/find-flow.server";
import { MOST_SCENARIOS, type Scenario } from "./scenario";
import { findScenario, freeName, readScenarios, readScript, toScenario } from "./scenarios-of.server";

const { flowScenario } = schema;

const told = (ctx: Context<Actor>, flow: FlowRow, before: string | null, after: string | null): Promise<void> =>
  recordAudit(ctx, {
    ...{ orgId: flow.orgId, action: "flow.scenarios_changed", subject: flow },
    before: before === null ? null : { scenario: before },
    after: after === null ? null : { scenario: after },
  });

/** The scenarios of a flow. @throws AppError `not_found`, `forbidden` */
export const listScenarios = (actor: Actor, orgId: string, flowId: string): Promise<Scenario[]> =>
  transact(actor, { orgId }, async (ctx) => readScenarios(ctx, await findFlow(ctx, orgId, flowId)));

/**
 * Keeps what a customer does and a bot must say with a flow: from now on it is tried whenever the flow is published.
 * @throws AppError `not_found`, `forbidden`; 422 `scenario_invalid`, `scenario_name_invalid`; 409 `scenario_name_taken`,
 *   `too_many_scenarios`
 */
export const keepScenario = (
  actor: Actor,
  orgId: string,
  flowId: string,
  draft: { name: string; script: unknown },
): Promise<Scenario> =>
  transact(actor, { orgId }, async (ctx) => {
    const flow = await lockFlow(ctx, orgId, flowId);
    const script = readScript(draft.script);
    const name = await freeName(ctx, flow, draft.name);
    const [there] = await ctx.tx.select({ n: count() }).from(flowScenario).where(eq(flowScenario.flowId, flow.id));
    if ((there?.n ?? 0) >= MOST_SCENARIOS) throw conflict("too_many_scenarios", { most: MOST_SCENARIOS });
    const times = { createdAt: ctx.now, updatedAt: ctx.now };
    const [row] = await ctx.tx
      .insert(flowScenario)
      .values({ id: newId(), orgId, flowId: flow.id, name, script, ...times })
      .returning();
    if (!row) throw new Error("insert returned nothing");
    await told(ctx, flow, null, name);
    return toScenario(row);
  });

/**
 * Gives a scenario another name, or another script.
 * @throws AppError as `keepScenario`
 */
export const changeScenario = (
  actor: Actor,
  orgId: string,
  flowId: string,
  change: { id: string; name?: string; script?: unknown },
): Promise<Scenario> =>
  transact(actor, { orgId }, async (ctx) => {
    const flow = await lockFlow(ctx, orgId, flowId);
    const before = await findScenario(ctx, flow, change.id);
    const name = change.name === undefined ? before.name : await freeName(ctx, flow, change.name, before.id);
    const script = change.script === undefined ? before.script : readScript(change.script);
    const [row] = await ctx.tx
      .update(flowScenario)
      .set({ name, script, updatedAt: ctx.now })
      .where(eq(flowScenario.id, before.id))
      .returning();
    if (!row) throw new Error("update returned nothing");
    await told(ctx, flow, before.name, name);
    return toScenario(row);
  });

/** Forgets a scenario. @throws AppError `not_found`, `forbidden` */
export const deleteScenario = (actor: Actor, orgId: string, flowId: string, id: string): Promise<void> =>
  transact(actor, { orgId }, async (ctx) => {
    const flow = await lockFlow(ctx, orgId, flowId);
    const row = await findScenario(ctx, flow, id);
    await ctx.tx.delete(flowScenario).where(eq(flowScenario.id, row.id));
    await told(ctx, flow, row.name, null);
  });
