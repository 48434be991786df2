import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { authorise } from "../policy";

const { account, area, member } = schema;

/**
 * All present members, with whether each is in the area.
 * @throws AppError `not_found` (also for an archived area), `forbidden`
 */
export async function listAreaPeople(
  ctx: Context<Actor>,
  input: { orgId: string; areaId: string },
): Promise<{ id: string; name: string; email: string; inArea: boolean }[]> {
  const { orgId, areaId } = input;
  authorise(ctx.actor, orgId, "members.read");
  const living = and(eq(area.orgId, orgId), eq(area.id, areaId), isNull(area.archivedAt));
  if (!isUuid(areaId) || (await ctx.tx.$count(area, living)) === 0) throw notFound("area");
  const inArea = sql<boolean>`exists (select from area_member am where am.member_id = member.id and am.area_id = ${areaId})`;
  return ctx.tx
    .select({ id: member.id, name: account.name, email: account.email, inArea })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt)))
    .orderBy(asc(account.name), asc(member.id));
}
