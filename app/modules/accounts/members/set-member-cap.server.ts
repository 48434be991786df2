import { eq } from "drizzle-orm";
import { invalid } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordChange } from "../audit/record-change.server";
import { memberChanged } from "../events";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { lockMember, nameOfAccount } from "./find-member.server";

const MOST = 100;

/**
 * How many open tickets a member is given by themselves at most; null takes their area's.
 * @throws AppError `not_found`, `forbidden`, `out_of_range` (422)
 */
export async function setMemberCap(
  ctx: Context<Actor>,
  input: { orgId: string; memberId: string; cap: number | null },
): Promise<void> {
  const { orgId, memberId, cap } = input;
  await lockAndAuthorise(ctx, orgId, "members.write");
  if (cap !== null && !(Number.isInteger(cap) && cap >= 1 && cap <= MOST))
    throw invalid("out_of_range", { field: "cap" });
  const subject = await lockMember(ctx, orgId, memberId);
  if (subject.cap === cap) return;
  await ctx.tx.update(schema.member).set({ cap }).where(eq(schema.member.id, memberId));
  await recordChange(ctx, {
    orgId,
    action: "member.cap_changed",
    subject: { id: memberId, name: await nameOfAccount(ctx, subject.accountId) },
    before: { cap: subject.cap },
    after: { cap },
  });
  ctx.emit(memberChanged, { orgId, memberId, accountId: subject.accountId, change: "areas" });
}
