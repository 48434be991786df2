import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";

/**
 * Who is told of a ticket that waits in an area: those who are there, else all of the area, else the admins, so that there
 * is somebody. Whoever put it there is not.
 */
export async function areaAudience(
  tx: Tx,
  at: { orgId: string; areaId: string },
  byId: string | null,
): Promise<string[]> {
  const { member, areaMember } = schema;
  const members = await tx
    .select({ id: member.id, availability: member.availability })
    .from(areaMember)
    .innerJoin(member, eq(member.id, areaMember.memberId))
    .where(and(eq(areaMember.areaId, at.areaId), isNull(member.removedAt)));
  const all = members.filter(({ id }) => id !== byId);
  const there = all.filter(({ availability }) => availability === "available");
  if (all.length > 0) return (there.length > 0 ? there : all).map(({ id }) => id);
  const admins = await tx
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.orgId, at.orgId), eq(member.role, "admin"), isNull(member.removedAt)));
  return admins.map(({ id }) => id);
}
