import { and, eq, isNull } from "drizzle-orm";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

const { member } = schema;

/** Who is in an organisation now, for telling them. */
export const presentMembers = (
  ctx: Pick<Context, "tx">,
  orgId: string,
): Promise<{ memberId: string; accountId: string }[]> =>
  ctx.tx
    .select({ memberId: member.id, accountId: member.accountId })
    .from(member)
    .where(and(eq(member.orgId, orgId), isNull(member.removedAt)));
