import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { authorise, may } from "../policy";

const { area } = schema;

type AreaRow = typeof area.$inferSelect;
/** An area with its settings; `members` counts who is in it. */
export type AreaListed = Omit<AreaRow, "orgId" | "createdAt" | "archivedAt" | "position"> & {
  archived: boolean;
  members: number;
};

/**
 * The organisation's areas in their order, archived ones last and only when asked for. There are few, so they come whole.
 * @throws AppError `not_found`, `forbidden`
 */
export async function listAreas(
  ctx: Context<Actor>,
  input: { orgId: string; archived?: boolean },
): Promise<{ areas: AreaListed[]; can: { write: boolean } }> {
  const { orgId } = input;
  authorise(ctx.actor, orgId, "areas.read");
  return { areas: await readAreas(ctx, orgId, input.archived), can: { write: may(ctx.actor, orgId, "areas.write") } };
}

/** One area, archived or not, for who has just changed it. @throws AppError `not_found` */
export async function getArea(ctx: Context, orgId: string, areaId: string): Promise<AreaListed> {
  const found = (await readAreas(ctx, orgId, true)).find(({ id }) => id === areaId);
  if (!found) throw notFound("area");
  return found;
}

async function readAreas(ctx: Context, orgId: string, withArchived = false): Promise<AreaListed[]> {
  const members = sql<number>`(select count(*)::int from area_member am where am.area_id = area.id)`;
  const archived = sql<boolean>`${area.archivedAt} is not null`;
  const rows = await ctx.tx
    .select({ area, archived, members })
    .from(area)
    .where(and(eq(area.orgId, orgId), withArchived ? undefined : isNull(area.archivedAt)))
    .orderBy(asc(archived), asc(area.position), asc(area.createdAt), asc(area.id));
  return rows.map((row) => {
    const { orgId: _org, createdAt: _created, archivedAt: _archived, position: _position, ...shown } = row.area;
    return { ...shown, archived: row.archived, members: row.members };
  });
}
