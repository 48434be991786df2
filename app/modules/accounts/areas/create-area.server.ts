import { eq, sql } from "drizzle-orm";
import { conflict } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { parseChange } from "../forms/parse-change";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { type AreaChange, areaChange } from "./area-fields";
import { refusingTakenName } from "./area-name-taken.server";

const { area } = schema;

/** Topics and counters are kept per area: enough for any organisation, and an end to what a script can make. */
const MOST_AREAS = 200;

/** `id` names the area in advance: a repeat with the same one makes no second. @throws AppError `not_found`, `forbidden`, `area_name_taken` or `too_many_areas` (409) */
export async function createArea(
  ctx: Context<Actor>,
  input: { id?: string; orgId: string; name: string } & Pick<AreaChange, "visibility" | "replyMode">,
): Promise<{ areaId: string }> {
  const { orgId, name, visibility, replyMode } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  const given = parseChange(areaChange, { name: input.name, visibility, replyMode });
  if (input.id && (await ctx.tx.$count(area, eq(area.id, input.id))) > 0) return { areaId: input.id };
  const [last] = await ctx.tx
    .select({ position: sql<number>`coalesce(max(${area.position}), -1)::int`, count: sql<number>`count(*)::int` })
    .from(area)
    .where(eq(area.orgId, orgId));
  if ((last?.count ?? 0) >= MOST_AREAS) throw conflict("too_many_areas");
  const row = {
    id: input.id ?? newId(),
    orgId,
    name: given.name ?? name,
    visibility,
    replyMode,
    position: (last?.position ?? -1) + 1,
    createdAt: ctx.now,
  };
  await refusingTakenName(ctx, (tx) => tx.insert(area).values(row));
  await recordAudit(ctx, {
    orgId,
    action: "area.created",
    subject: row,
    after: { visibility: visibility ?? "members", reply_mode: replyMode ?? "claim" },
  });
  return { areaId: row.id };
}
