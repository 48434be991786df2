import { and, desc, eq, isNull } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { authorise } from "../policy";

const { account, apiToken, member } = schema;

export type TokenListed = {
  id: string;
  name: string;
  scopes: string[];
  /** As whom it acts. */
  memberId: string;
  memberName: string;
  lastUsedAt: Date | null;
  createdAt: Date;
};

const MOST = 500;

/** The organisation's living API tokens, the newest first, without their secrets. @throws AppError `not_found`, `forbidden` */
export async function listTokens(ctx: Context<Actor>, orgId: string): Promise<TokenListed[]> {
  authorise(ctx.actor, orgId, "tokens.read");
  return ctx.tx
    .select({
      id: apiToken.id,
      name: apiToken.name,
      scopes: apiToken.scopes,
      memberId: apiToken.memberId,
      memberName: account.name,
      lastUsedAt: apiToken.lastUsedAt,
      createdAt: apiToken.createdAt,
    })
    .from(apiToken)
    .innerJoin(member, eq(member.id, apiToken.memberId))
    .innerJoin(account, eq(account.id, member.accountId))
    .where(and(eq(apiToken.orgId, orgId), isNull(apiToken.revokedAt)))
    .orderBy(desc(apiToken.id))
    .limit(MOST);
}
