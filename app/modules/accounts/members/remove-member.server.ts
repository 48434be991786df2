import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { membershipIn } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { memberChanged } from "../events";
import { lockAndAuthorise, lockOrganisation } from "../organisations/lock-organisation.server";
import { lockMember, nameOfAccount } from "./find-member.server";
import { keepAnAdmin } from "./keep-an-admin.server";

const { apiToken, areaMember, member } = schema;

/** Leaving needs no right; a token cannot leave for its member. */
async function authoriseRemoval(ctx: Context<Actor>, orgId: string, memberId: string): Promise<void> {
  const own = membershipIn(ctx.actor, orgId);
  if (ctx.actor.kind === "account" && !own) throw notFound("organisation");
  const leaves = own?.memberId === memberId && ctx.actor.kind === "account" && !ctx.actor.token;
  await (leaves ? lockOrganisation(ctx, orgId) : lockAndAuthorise(ctx, orgId, "members.write"));
}

/**
 * Takes a member out of the organisation, or lets one leave. Their areas and API tokens go; what they wrote stays. Who
 * hears `member.changed` with `removed` gives their tickets back.
 * @throws AppError `not_found`, `forbidden`, `last_admin` (409)
 */
export async function removeMember(ctx: Context<Actor>, input: { orgId: string; memberId: string }): Promise<void> {
  const { orgId, memberId } = input;
  await authoriseRemoval(ctx, orgId, memberId);
  const subject = await lockMember(ctx, orgId, memberId);
  await keepAnAdmin(ctx, subject);
  await ctx.tx.update(member).set({ removedAt: ctx.now, availability: "away" }).where(eq(member.id, memberId));
  await ctx.tx.delete(areaMember).where(and(eq(areaMember.orgId, orgId), eq(areaMember.memberId, memberId)));
  await ctx.tx
    .update(apiToken)
    .set({ revokedAt: ctx.now })
    .where(and(eq(apiToken.orgId, orgId), eq(apiToken.memberId, memberId), isNull(apiToken.revokedAt)));
  const name = await nameOfAccount(ctx, subject.accountId);
  const action = membershipIn(ctx.actor, orgId)?.memberId === memberId ? "member.left" : "member.removed";
  await recordAudit(ctx, { orgId, action, subject: { id: memberId, name }, before: { role: subject.role } });
  ctx.emit(memberChanged, { orgId, memberId, accountId: subject.accountId, change: "removed" });
}
