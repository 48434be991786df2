import { and, asc, eq, sql } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { asSystem } from "~/platform/db.server";
import { forbidden, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { type Context, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { isMemberOf } from "../create-group.server";
import { tellAdmins } from "../list/tell-lists.server";
import { lockPart } from "../load-chat.server";
import { requireGroupRight } from "../people/require-group-right.server";
import { groupRights } from "../policy";
import { enterGroup } from "./enter-group.server";

const { account, chatJoinRequest } = schema;

const LISTED = 100;

export type JoinRequest = { id: string; name: string; handle: string | null; askedAt: string };

/** Who waits to be let into a group, who came first in front; at most a hundred. @throws AppError 404, 403 below an admin */
export async function listJoinRequests(actor: AccountActor, conversationId: string): Promise<JoinRequest[]> {
  return asSystem("who asks to come into a group", async (tx) => {
    await requireGroupRight(tx, actor, conversationId, "invite");
    const rows = await tx
      .select({ id: account.id, name: account.name, handle: account.handle, askedAt: chatJoinRequest.createdAt })
      .from(chatJoinRequest)
      .innerJoin(account, eq(account.id, chatJoinRequest.accountId))
      .where(eq(chatJoinRequest.conversationId, conversationId))
      .orderBy(asc(chatJoinRequest.createdAt), asc(account.id))
      .limit(LISTED);
    return rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() }));
  });
}

/**
 * Lets one in who asked, or not; who is refused may ask again. Of two admins who answer at once the first decides.
 * @throws AppError 404 where nobody asks, 403 below an admin, `people_unknown` (422) for who belongs to the organisation no
 *   more, `group_too_large`
 */
export async function answerJoinRequest(
  actor: AccountActor,
  conversationId: string,
  { accountId, accept }: { accountId: string; accept: boolean },
): Promise<void> {
  return transactAsSystem(actor, "answer who asks to come into a group", async (ctx) => {
    const { conversation, me } = await lockPart(ctx, conversationId);
    if (!groupRights(me.role).invite) throw forbidden();
    const person = await takeRequest(ctx, conversationId, accountId);
    if (accept) {
      if (conversation.orgId !== null) await requireMember(ctx, conversation.orgId, accountId);
      await enterGroup(ctx, conversation, person);
    }
    await tellAdmins(ctx, conversationId);
  });
}

async function takeRequest(ctx: Context, conversationId: string, accountId: string) {
  if (!isUuid(accountId)) throw notFound("request");
  const [taken] = await ctx.tx
    .delete(chatJoinRequest)
    .where(and(eq(chatJoinRequest.conversationId, conversationId), eq(chatJoinRequest.accountId, accountId)))
    .returning({ accountId: chatJoinRequest.accountId });
  if (!taken) throw notFound("request");
  const [person] = await ctx.tx.select({ name: account.name }).from(account).where(eq(account.id, accountId));
  return { accountId, name: person?.name ?? "" };
}

async function requireMember(ctx: Context, orgId: string, accountId: string): Promise<void> {
  const { rows } = await ctx.tx.execute(
    sql`select from (select ${accountId}::uuid as id) o where ${isMemberOf(orgId)}`,
  );
  if (rows.length === 0) throw invalid("people_unknown", { account_ids: [accountId] });
}
