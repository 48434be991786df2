import { and, eq, inArray, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { memberChanged } from "../events";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { lockMember } from "./find-member.server";

const { area, areaMember } = schema;

/** Refuses areas that are not this organisation's, or are archived. @throws AppError `not_found` */
export async function checkAreas(
  ctx: Pick<Context, "tx">,
  orgId: string,
  areaIds: readonly string[],
): Promise<string[]> {
  const wanted = [...new Set(areaIds)];
  if (wanted.length === 0) return [];
  const found = await ctx.tx
    .select({ id: area.id })
    .from(area)
    .where(and(eq(area.orgId, orgId), inArray(area.id, wanted), isNull(area.archivedAt)));
  if (found.length < wanted.length) throw notFound("area");
  return wanted;
}

/**
 * Puts a member into exactly these living areas. Archived areas that they are in stay theirs, with the tickets there.
 * @throws AppError `not_found`, `forbidden`
 */
export async function setMemberAreas(
  ctx: Context<Actor>,
  input: { orgId: string; memberId: string; areaIds: readonly string[] },
): Promise<void> {
  const { orgId, memberId } = input;
  await lockAndAuthorise(ctx, orgId, "members.write");
  const subject = await lockMember(ctx, orgId, memberId);
  const areaIds = await checkAreas(ctx, orgId, input.areaIds);
  const living = ctx.tx
    .select({ id: area.id })
    .from(area)
    .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)));
  await ctx.tx.delete(areaMember).where(and(eq(areaMember.memberId, memberId), inArray(areaMember.areaId, living)));
  if (areaIds.length > 0) {
    await ctx.tx.insert(areaMember).values(areaIds.map((areaId) => ({ orgId, areaId, memberId })));
  }
  ctx.emit(memberChanged, { orgId, memberId, accountId: subject.accountId, change: "areas" });
}
