import { and, eq, isNull } from "drizzle-orm";
import { forbidden, notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type Actor, allows, membershipIn } from "../actor";
import { parseChange } from "../forms/parse-change";
import type { NoticeChoice } from "./notice-choice";
import { noticeChoice } from "./notice-choice-field";

const { member } = schema;

/**
 * What a member wants to be told aloud in an organisation of theirs; null is as the organisation has it.
 * @throws AppError `not_found` to who is not of it, 403 `missing_scope`, 422
 */
export async function setNoticeChoice(
  ctx: Context<Actor>,
  input: { orgId: string; choice: NoticeChoice | null },
): Promise<void> {
  const membership = membershipIn(ctx.actor, input.orgId);
  if (!membership) throw notFound("organisation");
  if (!allows(ctx.actor, "tickets:write")) throw forbidden("missing_scope");
  const choice = input.choice && parseChange(noticeChoice, input.choice);
  const own = and(eq(member.orgId, input.orgId), eq(member.id, membership.memberId), isNull(member.removedAt));
  await ctx.tx.update(member).set({ noticeChoice: choice }).where(own);
}
