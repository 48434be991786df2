import { and, eq, isNull, ne } from "drizzle-orm";
import { conflict } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { lockArea } from "./update-area.server";

const { area, channel, ticket } = schema;

/**
 * Puts an area away: nothing new goes there, and its closed tickets stay with those who could see them. The last area stays,
 * and so does one where a channel's tickets begin, where another's overflow leads, or that has tickets under way: nobody
 * would look for them there.
 * @throws AppError `not_found`, `forbidden`; 409 `last_area`, `area_in_use`, `area_has_tickets`
 */
export async function archiveArea(ctx: Context<Actor>, input: { orgId: string; areaId: string }): Promise<void> {
  const { orgId, areaId } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  const subject = await lockArea(ctx, orgId, areaId);
  const others = and(eq(area.orgId, orgId), ne(area.id, areaId), isNull(area.archivedAt));
  if ((await ctx.tx.$count(area, others)) === 0) throw conflict("last_area");
  const begins = and(eq(channel.orgId, orgId), eq(channel.areaId, areaId), isNull(channel.disabledAt));
  if ((await ctx.tx.$count(channel, begins)) > 0) throw conflict("area_in_use");
  if ((await ctx.tx.$count(area, and(others, eq(area.overflowAreaId, areaId)))) > 0) throw conflict("area_in_use");
  const live = and(eq(ticket.orgId, orgId), eq(ticket.areaId, areaId), ne(ticket.state, "closed"));
  if ((await ctx.tx.$count(ticket, live)) > 0) throw conflict("area_has_tickets");
  await ctx.tx
    .update(area)
    .set({ archivedAt: ctx.now, overflowAreaId: null, overflowMinutes: null })
    .where(eq(area.id, areaId));
  await recordAudit(ctx, { orgId, action: "area.archived", subject });
}
