import { and, asc, eq, isNull, type SQL, sql } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

const { account, member } = schema;

export type MemberRow = typeof member.$inferSelect;

/** A present member of this organisation, held until the transaction ends. @throws AppError `not_found` */
export async function lockMember(ctx: Pick<Context, "tx">, orgId: string, memberId: string): Promise<MemberRow> {
  const [found] = await ctx.tx
    .select()
    .from(member)
    .where(and(eq(member.orgId, orgId), eq(member.id, memberId), isNull(member.removedAt)))
    .for("update");
  if (!found) throw notFound("member");
  return found;
}

const oldest = async (ctx: Pick<Context, "tx">, orgId: string, which: SQL): Promise<string> => {
  const [found] = await ctx.tx
    .select({ id: member.id })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt), which))
    .orderBy(asc(member.createdAt), asc(member.id))
    .limit(1);
  if (!found) throw notFound("member");
  return found.id;
};

/** The member with this address, or, without one, the organisation's first admin. @throws AppError `not_found` */
export const getMemberId = (ctx: Pick<Context, "tx">, orgId: string, email?: string): Promise<string> =>
  oldest(ctx, orgId, email ? eq(sql`lower(${account.email})`, email.trim().toLowerCase()) : eq(member.role, "admin"));
