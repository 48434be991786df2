import { and, asc, eq, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { moveInOrder } from "~/platform/order/move-in-order.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";

const { area } = schema;

/**
 * Moves an area one place up or down among the living ones; at the end nothing happens.
 * @throws AppError `not_found`, `forbidden`
 */
export async function moveArea(
  ctx: Context<Actor>,
  input: { orgId: string; areaId: string; way: "up" | "down" },
): Promise<void> {
  const { orgId, areaId, way } = input;
  await lockAndAuthorise(ctx, orgId, "areas.write");
  const living = await ctx.tx
    .select({ id: area.id, name: area.name })
    .from(area)
    .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)))
    .orderBy(asc(area.position), asc(area.createdAt), asc(area.id));
  const moved = living.find(({ id }) => id === areaId);
  if (!moved) throw notFound("area");
  const order = living.map(({ id }) => id);
  const place = await moveInOrder(ctx.tx, area, order, { id: areaId, by: way === "up" ? -1 : 1 });
  if (place === null) return;
  await recordAudit(ctx, { orgId, action: "area.moved", subject: moved, after: { position: place + 1 } });
}
