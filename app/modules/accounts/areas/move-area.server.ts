import { and, asc, eq, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
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
  const at = living.findIndex(({ id }) => id === areaId);
  const [moved] = living.splice(at, at < 0 ? 0 : 1);
  if (!moved) throw notFound("area");
  const to = way === "up" ? at - 1 : at + 1;
  if (to < 0 || to > living.length) return;
  living.splice(to, 0, moved);
  for (const [position, { id }] of living.entries()) await ctx.tx.update(area).set({ position }).where(eq(area.id, id));
  await recordAudit(ctx, { orgId, action: "area.moved", subject: moved, after: { position: to + 1 } });
}
