import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

const { member } = schema;

export type MemberRow = typeof member.$inferSelect;

/** A present member of this organisation, held until the transaction ends. @throws AppError `not_found` */
export async function lockMember(ctx: Pick<Context, "tx">, orgId: string, memberId: string): Promise<MemberRow> {
  if (!isUuid(memberId)) throw notFound("member");
  const [found] = await ctx.tx
    .select()
    .from(member)
    .where(and(eq(member.orgId, orgId), eq(member.id, memberId), isNull(member.removedAt)))
    .for("update");
  if (!found) throw notFound("member");
  return found;
}

/** For the audit log, which tells names as they were. */
export async function nameOfAccount(ctx: Pick<Context, "tx">, accountId: string): Promise<string> {
  const { account } = schema;
  const [found] = await ctx.tx.select({ name: account.name }).from(account).where(eq(account.id, accountId));
  return found?.name ?? "";
}
