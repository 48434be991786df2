import { eq } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Role } from "~db/schema/accounts";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { memberChanged } from "../events";
import { lockAndAuthorise } from "../organisations/lock-organisation.server";
import { lockMember, nameOfAccount } from "./find-member.server";
import { keepAnAdmin } from "./keep-an-admin.server";

/** Without a role nothing changes, but who may not is refused all the same. @throws AppError `not_found`, `forbidden`, `last_admin` (409) */
export async function setMemberRole(
  ctx: Context<Actor>,
  input: { orgId: string; memberId: string; role?: Role },
): Promise<void> {
  const { orgId, memberId, role } = input;
  await lockAndAuthorise(ctx, orgId, "members.write");
  const subject = await lockMember(ctx, orgId, memberId);
  if (!role || subject.role === role) return;
  await keepAnAdmin(ctx, subject);
  await ctx.tx.update(schema.member).set({ role }).where(eq(schema.member.id, memberId));
  await recordAudit(ctx, {
    orgId,
    action: "member.role_changed",
    subject: { id: memberId, name: await nameOfAccount(ctx, subject.accountId) },
    before: { role: subject.role },
    after: { role },
  });
  ctx.emit(memberChanged, { orgId, memberId, accountId: subject.accountId, change: "role" });
}
