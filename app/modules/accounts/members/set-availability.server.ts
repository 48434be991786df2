import { eq } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Availability } from "~db/schema/accounts";
import { type Actor, membershipIn } from "../actor";
import { memberChanged } from "../events";
import { authorise } from "../policy";
import { lockMember } from "./find-member.server";

/**
 * Says whether a member takes tickets now: one's own, or, as an admin, anybody's.
 * @throws AppError `not_found`, `forbidden`
 */
export async function setAvailability(
  ctx: Context<Actor>,
  input: { orgId: string; memberId: string; availability: Availability },
): Promise<void> {
  const { orgId, memberId, availability } = input;
  const isOwn = membershipIn(ctx.actor, orgId)?.memberId === memberId;
  authorise(ctx.actor, orgId, isOwn ? "members.read" : "members.write");
  const subject = await lockMember(ctx, orgId, memberId);
  if (subject.availability === availability) return;
  await ctx.tx.update(schema.member).set({ availability }).where(eq(schema.member.id, memberId));
  ctx.emit(memberChanged, { orgId, memberId, accountId: subject.accountId, change: "availability" });
}
