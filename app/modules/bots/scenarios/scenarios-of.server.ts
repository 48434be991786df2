import { and, asc, eq, sql } from "drizzle-orm";
import { conflict, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { FlowRow } from "../editing/find-flow.server";
import type { Flow } from "../flow";
import { LONGEST_SCENARIO_NAME, LONGEST_SCRIPT, type Scenario, type ScenarioResult } from "./scenario";
import { type Script, scriptSchema } from "./script";
import { tryScript } from "./try-script";

const { flowScenario } = schema;
export type ScenarioRow = typeof flowScenario.$inferSelect;
type InTransaction = Pick<Context, "tx">;

const ofFlow = ({ orgId, id }: FlowRow) => and(eq(flowScenario.orgId, orgId), eq(flowScenario.flowId, id));

export function toScenario({ id, name, script, updatedAt }: ScenarioRow): Scenario {
  const read = scriptSchema.safeParse(script);
  return { id, name, script: read.success ? read.data : null, updatedAt: updatedAt.toISOString() };
}

/** The scenarios of a flow by their name; they are few, so they come whole. */
export async function readScenarios(ctx: InTransaction, flow: FlowRow): Promise<Scenario[]> {
  const rows = await ctx.tx
    .select()
    .from(flowScenario)
    .where(ofFlow(flow))
    .orderBy(sql`lower(${flowScenario.name})`, asc(flowScenario.id));
  return rows.map(toScenario);
}

/** @throws AppError `not_found` */
export async function findScenario(ctx: InTransaction, flow: FlowRow, id: string): Promise<ScenarioRow> {
  const mine = and(ofFlow(flow), eq(flowScenario.id, id));
  const [row] = isUuid(id) ? await ctx.tx.select().from(flowScenario).where(mine) : [];
  if (!row) throw notFound("scenario");
  return row;
}

/** A name that no other scenario of the flow has. @throws AppError 422 `scenario_name_invalid`; 409 `scenario_name_taken` */
export async function freeName(ctx: InTransaction, flow: FlowRow, given: string, own = ""): Promise<string> {
  const name = given.replaceAll("\u0000", "").toWellFormed().trim();
  if (name === "" || name.length > LONGEST_SCENARIO_NAME) throw invalid("scenario_name_invalid");
  const same = and(ofFlow(flow), sql`lower(${flowScenario.name}) = lower(${name})`);
  const found = await ctx.tx.select({ id: flowScenario.id }).from(flowScenario).where(same);
  if (found.some(({ id }) => id !== own)) throw conflict("scenario_name_taken");
  return name;
}

/** @throws AppError 422 `scenario_invalid` */
export function readScript(given: unknown): Script {
  const read = scriptSchema.safeParse(given);
  if (!read.success || JSON.stringify(read.data).length > LONGEST_SCRIPT) throw invalid("scenario_invalid");
  return read.data;
}

/** Plays every scenario of a flow on a state of it. */
export async function tryScenarios(ctx: InTransaction, row: FlowRow, flow: Flow): Promise<ScenarioResult[]> {
  return (await readScenarios(ctx, row)).map(({ id, name, script }) => {
    const differences = script ? tryScript(flow, script) : [];
    return { id, name, passed: script !== null && differences.length === 0, differences };
  });
}
