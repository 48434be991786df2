import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { Actor } from "../actor";
import { recordAudit } from "../audit/record-audit.server";
import { tokenRevoked } from "../events";
import { authorise } from "../policy";
import { tellRights } from "../visitor/tell-rights.server";

/** Ends an API token of the organisation at once. @throws AppError `not_found`, `forbidden` */
export async function revokeToken(ctx: Context<Actor>, input: { orgId: string; tokenId: string }): Promise<void> {
  const { apiToken, member } = schema;
  const { orgId, tokenId } = input;
  authorise(ctx.actor, orgId, "tokens.write");
  if (!isUuid(tokenId)) throw notFound("token");
  const [revoked] = await ctx.tx
    .update(apiToken)
    .set({ revokedAt: ctx.now })
    .from(member)
    .where(
      and(
        eq(apiToken.orgId, orgId),
        eq(apiToken.id, tokenId),
        isNull(apiToken.revokedAt),
        eq(member.id, apiToken.memberId),
      ),
    )
    .returning({ accountId: member.accountId, name: apiToken.name });
  if (!revoked) throw notFound("token");
  await recordAudit(ctx, { orgId, action: "token.revoked", subject: { id: tokenId, name: revoked.name } });
  ctx.emit(tokenRevoked, { accountId: revoked.accountId, orgId, tokenId });
  await enqueue(ctx.tx, tellRights, { accountId: revoked.accountId });
}
