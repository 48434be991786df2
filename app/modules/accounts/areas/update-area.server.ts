import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { AreaVisibility, ReplyMode } from "~db/schema/accounts";
import type { Actor } from "../actor";
import { memberChanged } from "../events";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { refusingTakenName } from "./area-name-taken.server";

const { area, member } = schema;

export type AreaChange = { name?: string; visibility?: AreaVisibility; replyMode?: ReplyMode };

/** A living area of this organisation, held. @throws AppError `not_found` */
export async function lockArea(ctx: Context, orgId: string, areaId: string): Promise<typeof area.$inferSelect> {
  const [found] = await ctx.tx
    .select()
    .from(area)
    .where(and(eq(area.orgId, orgId), eq(area.id, areaId), isNull(area.archivedAt)))
    .for("update");
  if (!found) throw notFound("area");
  return found;
}

/** Anybody of the organisation may see more or less of the area's tickets now. */
async function tellMembers(ctx: Context, orgId: string): Promise<void> {
  const members = await ctx.tx
    .select({ memberId: member.id, accountId: member.accountId })
    .from(member)
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt)));
  for (const one of members) ctx.emit(memberChanged, { orgId, ...one, change: "area" });
}

/** @throws AppError `not_found`, `forbidden`, `area_name_taken` (409) */
export async function updateArea(
  ctx: Context<Actor>,
  input: { orgId: string; areaId: string; change: AreaChange },
): Promise<void> {
  const { orgId, areaId, change } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  const before = await lockArea(ctx, orgId, areaId);
  const after = { ...before, ...change };
  const { name, visibility, replyMode } = after;
  await refusingTakenName(ctx, (tx) => tx.update(area).set({ name, visibility, replyMode }).where(eq(area.id, areaId)));
  if (before.visibility !== visibility || before.replyMode !== replyMode) await tellMembers(ctx, orgId);
}
