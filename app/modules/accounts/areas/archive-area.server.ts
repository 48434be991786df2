import { and, eq, isNull, ne } from "drizzle-orm";
import { conflict } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { lockArea } from "./update-area.server";

const { area, channel } = schema;

/**
 * Puts an area away: nothing new goes there, and its tickets stay with those who could see them. The last area, and one
 * in which a channel's tickets begin, stay.
 * @throws AppError `not_found`, `forbidden`, `last_area` or `area_in_use` (409)
 */
export async function archiveArea(ctx: Context<Actor>, input: { orgId: string; areaId: string }): Promise<void> {
  const { orgId, areaId } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  await lockArea(ctx, orgId, areaId);
  const others = and(eq(area.orgId, orgId), ne(area.id, areaId), isNull(area.archivedAt));
  if ((await ctx.tx.$count(area, others)) === 0) throw conflict("last_area");
  const begins = and(eq(channel.orgId, orgId), eq(channel.areaId, areaId), isNull(channel.disabledAt));
  if ((await ctx.tx.$count(channel, begins)) > 0) throw conflict("area_in_use");
  await ctx.tx.update(area).set({ archivedAt: ctx.now }).where(eq(area.id, areaId));
}
