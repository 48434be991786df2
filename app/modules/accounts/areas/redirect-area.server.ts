import { and, eq, isNull } from "drizzle-orm";
import { conflict } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { overflowLoops } from "./overflow-chain";
import { lockArea } from "./update-area.server";

const { area, channel } = schema;

/**
 * Lets what began in an area, or overflowed into it, go to another one from now on: the channels in use and the other areas'
 * overflow, which ends where it would lead back to itself.
 * @throws AppError `not_found`, `forbidden`; `same_area` (409)
 */
export async function redirectArea(
  ctx: Context<Actor>,
  input: { orgId: string; areaId: string; toAreaId: string },
): Promise<void> {
  const { orgId, areaId, toAreaId } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  if (areaId === toAreaId) throw conflict("same_area");
  const from = await lockArea(ctx, orgId, areaId);
  const to = await lockArea(ctx, orgId, toAreaId);
  const moved = await ctx.tx
    .update(channel)
    .set({ areaId: toAreaId })
    .where(and(eq(channel.orgId, orgId), eq(channel.areaId, areaId), isNull(channel.disabledAt)))
    .returning({ name: channel.name });
  await redirectOverflow(ctx, input);
  const after = { to: to.name, channels: moved.map(({ name }) => name) };
  await recordAudit(ctx, { orgId, action: "area.redirected", subject: from, after });
}

async function redirectOverflow(ctx: Context, input: { orgId: string; areaId: string; toAreaId: string }) {
  const living = and(eq(area.orgId, input.orgId), isNull(area.archivedAt));
  const all = await ctx.tx.select({ id: area.id, overflowAreaId: area.overflowAreaId }).from(area).where(living);
  // The area that is emptied leads nowhere any more.
  const left = all.filter(({ id }) => id !== input.areaId);
  for (const one of left.filter(({ overflowAreaId }) => overflowAreaId === input.areaId)) {
    const loops = overflowLoops(one.id, input.toAreaId, left);
    const change = loops ? { overflowAreaId: null, overflowMinutes: null } : { overflowAreaId: input.toAreaId };
    await ctx.tx.update(area).set(change).where(eq(area.id, one.id));
    one.overflowAreaId = loops ? null : input.toAreaId;
  }
}
