import { eq } from "drizzle-orm";
import { enqueue } from "~/platform/jobs/index.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Availability } from "~db/schema/accounts";
import { type Actor, membershipIn } from "../actor";
import { memberChanged } from "../events";
import { authorise } from "../policy";
import { lockMember } from "./find-member.server";
import { returnJob } from "./return-job";

/**
 * Says whether a member takes tickets now: one's own, or, as an admin, anybody's. Who goes away keeps their tickets, or
 * gives back those that wait for them (R13).
 * @throws AppError `not_found`, `forbidden`
 */
export async function setAvailability(
  ctx: Context<Actor>,
  input: { orgId: string; memberId: string; availability: Availability; tickets?: "keep" | "return" },
): Promise<void> {
  const { orgId, memberId, availability } = input;
  const isOwn = membershipIn(ctx.actor, orgId)?.memberId === memberId;
  authorise(ctx.actor, orgId, isOwn ? "members.read" : "members.write");
  const subject = await lockMember(ctx, orgId, memberId);
  if (availability === "away" && input.tickets === "return") await enqueue(ctx.tx, returnJob, { orgId, memberId });
  if (subject.availability === availability && subject.availabilityBy === "hand") return;
  await ctx.tx
    .update(schema.member)
    .set({ availability, availabilityBy: "hand", ...(isOwn && { activeAt: ctx.now }) })
    .where(eq(schema.member.id, memberId));
  if (subject.availability === availability) return;
  ctx.emit(memberChanged, { orgId, memberId, accountId: subject.accountId, change: "availability" });
}
