import { and, asc, eq, gt, isNull, sql } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Availability, Role } from "~db/schema/accounts";
import type { Actor } from "../actor";
import { authorise, memberRights } from "../policy";

const { account, member } = schema;

type MemberListed = {
  id: string;
  accountId: string;
  name: string;
  email: string;
  role: Role;
  availability: Availability;
  /** Null takes the area's. */
  cap: number | null;
  activeAt: Date | null;
  areaIds: string[];
  isYou: boolean;
  can: ReturnType<typeof memberRights>;
};

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 100;

const countAdmins = async (ctx: Context<Actor>, orgId: string): Promise<number> => {
  const isAdmin = and(eq(member.orgId, orgId), eq(member.role, "admin"), isNull(member.removedAt));
  return ctx.tx.$count(member, isAdmin);
};

/**
 * The organisation's present members by when they joined. `cursor` is the last id of the page before.
 * @throws AppError `not_found`, `forbidden`
 */
export async function listMembers(
  ctx: Context<Actor>,
  input: { orgId: string; cursor?: string; limit?: number },
): Promise<{ members: MemberListed[]; nextCursor: string | null }> {
  const { orgId, cursor } = input;
  authorise(ctx.actor, orgId, "members.read");
  const limit = Math.min(MAX_LIMIT, Math.max(1, input.limit ?? DEFAULT_LIMIT));
  const areaIds = sql<
    string[]
  >`(select coalesce(json_agg(am.area_id), '[]') from area_member am where am.member_id = member.id)`;
  const rows = await ctx.tx
    .select({
      id: member.id,
      accountId: member.accountId,
      name: account.name,
      email: account.email,
      role: member.role,
      availability: member.availability,
      cap: member.cap,
      activeAt: member.activeAt,
      areaIds,
    })
    .from(member)
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt), cursor ? gt(member.id, cursor) : undefined))
    .orderBy(asc(member.id))
    .limit(limit + 1);
  const admins = await countAdmins(ctx, orgId);
  const members = rows.slice(0, limit).map((row) => ({
    ...row,
    isYou: ctx.actor.kind === "account" && ctx.actor.accountId === row.accountId,
    can: memberRights(ctx.actor, orgId, row, admins),
  }));
  return { members, nextCursor: rows.length > limit ? (members.at(-1)?.id ?? null) : null };
}
