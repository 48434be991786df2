import { and, eq, isNull } from "drizzle-orm";
import { forbidden, notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Actor, allows, membershipIn } from "../actor";
import { ALL_LOUD, type NoticeChoice } from "./notice-choice";

/**
 * What a member is told aloud in an organisation of theirs; `own` where they chose it, and it is not the organisation's.
 * @throws AppError `not_found` to who is not of it, 403 `missing_scope`
 */
export async function getNoticeChoice(
  ctx: Context<Actor>,
  orgId: string,
): Promise<{ choice: NoticeChoice; own: boolean }> {
  const membership = membershipIn(ctx.actor, orgId);
  if (!membership) throw notFound("organisation");
  // Who may change it is answered with it.
  if (!["tickets:read", "tickets:write"].some((scope) => allows(ctx.actor, scope))) throw forbidden("missing_scope");
  const { member, organisation } = schema;
  const [row] = await ctx.tx
    .select({ own: member.noticeChoice, shared: organisation.noticeChoice })
    .from(member)
    .innerJoin(organisation, eq(organisation.id, member.orgId))
    .where(and(eq(member.orgId, orgId), eq(member.id, membership.memberId), isNull(member.removedAt)));
  if (!row) throw notFound("organisation");
  return { choice: row.own ?? row.shared ?? ALL_LOUD, own: row.own !== null };
}
