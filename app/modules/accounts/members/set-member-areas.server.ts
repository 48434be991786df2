import { and, eq, inArray, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordChange } from "../audit/record-change.server";
import { memberChanged } from "../events";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { lockMember, nameOfAccount } from "./find-member.server";

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

/** The names of the living areas that a member is in, in their order, for the audit log. */
async function areaNames(ctx: Context, memberId: string): Promise<string[]> {
  const rows = await ctx.tx
    .select({ name: area.name })
    .from(areaMember)
    .innerJoin(area, eq(area.id, areaMember.areaId))
    .where(and(eq(areaMember.memberId, memberId), isNull(area.archivedAt)))
    .orderBy(area.position, area.id);
  return rows.map(({ name }) => name);
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
  const before = await areaNames(ctx, memberId);
  const living = ctx.tx
    .select({ id: area.id })
    .from(area)
    .where(and(eq(area.orgId, orgId), isNull(area.archivedAt)));
  await ctx.tx.delete(areaMember).where(and(eq(areaMember.memberId, memberId), inArray(areaMember.areaId, living)));
  if (areaIds.length > 0) {
    await ctx.tx.insert(areaMember).values(areaIds.map((areaId) => ({ orgId, areaId, memberId })));
  }
  await recordChange(ctx, {
    orgId,
    action: "member.areas_changed",
    subject: { id: memberId, name: await nameOfAccount(ctx, subject.accountId) },
    before: { areas: before },
    after: { areas: await areaNames(ctx, memberId) },
  });
  ctx.emit(memberChanged, { orgId, memberId, accountId: subject.accountId, change: "areas" });
}
