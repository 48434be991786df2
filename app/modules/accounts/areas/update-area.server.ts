import { and, eq, isNull } from "drizzle-orm";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordChange } from "../audit/record-change.server";
import { memberChanged } from "../events";
import { parseChange } from "../forms/parse-change";
import { presentMembers } from "../members/present-members.server";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { type AreaChange, areaChange } from "./area-fields";
import { refusingTakenName } from "./area-name-taken.server";
import { overflowLoops } from "./overflow-chain";

const { area } = schema;
type AreaRow = typeof area.$inferSelect;

/** What of an area the members' screens go by. */
const HEARD = ["visibility", "replyMode", "assignment", "cap", "stickyDays"] as const;

/** A living area of this organisation, held. @throws AppError `not_found` */
export async function lockArea(ctx: Context, orgId: string, areaId: string): Promise<AreaRow> {
  if (!isUuid(areaId)) throw notFound("area");
  const [found] = await ctx.tx
    .select()
    .from(area)
    .where(and(eq(area.orgId, orgId), eq(area.id, areaId), isNull(area.archivedAt)))
    .for("update");
  if (!found) throw notFound("area");
  return found;
}

/**
 * Where tickets go that nobody took, and after how long, are set together; the way never comes back to where it began.
 * @throws AppError `not_found` (an area), 422 `overflow_incomplete`, `overflow_loop`
 */
async function checkOverflow(ctx: Context, { orgId, id, overflowAreaId, overflowMinutes }: AreaRow): Promise<void> {
  if ((overflowAreaId === null) !== (overflowMinutes === null))
    throw invalid("overflow_incomplete", { field: overflowAreaId ? "overflowMinutes" : "overflowAreaId" });
  if (!overflowAreaId) return;
  const living = await ctx.tx
    .select({ id: area.id, overflowAreaId: area.overflowAreaId })
    .from(area)
    .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)));
  if (!living.some((one) => one.id === overflowAreaId)) throw notFound("area");
  if (overflowLoops(id, overflowAreaId, living)) throw invalid("overflow_loop", { field: "overflowAreaId" });
}

/** Anybody of the organisation may see more or less of the area's tickets now. */
async function tellMembers(ctx: Context, orgId: string): Promise<void> {
  for (const one of await presentMembers(ctx, orgId)) ctx.emit(memberChanged, { orgId, ...one, change: "area" });
}

/**
 * Changes an area; what is not named stays.
 * @throws AppError `not_found`, `forbidden`; 422 with the field where a value will not do; `area_name_taken` (409)
 */
export async function updateArea(
  ctx: Context<Actor>,
  input: { orgId: string; areaId: string; change: AreaChange },
): Promise<void> {
  const { orgId, areaId } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  const before = await lockArea(ctx, orgId, areaId);
  const change = parseChange(areaChange, input.change) as Partial<AreaRow>;
  const after: AreaRow = { ...before, ...change };
  if ("overflowAreaId" in change || "overflowMinutes" in change) await checkOverflow(ctx, after);
  if (Object.keys(change).length === 0) return;
  await refusingTakenName(ctx, (tx) => tx.update(area).set(change).where(eq(area.id, areaId)));
  await recordChange(ctx, { orgId, action: "area.changed", subject: after, before, after });
  if (HEARD.some((field) => before[field] !== after[field])) await tellMembers(ctx, orgId);
}
