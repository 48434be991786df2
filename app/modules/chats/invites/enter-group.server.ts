import { and, eq, isNull } from "drizzle-orm";
import type { ConversationRow } from "~/modules/messaging/index.server";
import { invalid } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { GROUP_LIMIT } from "../create-group.server";
import { LISTS_TOLD, tellLists } from "../list/tell-lists.server";
import { addNotice } from "../notice.server";
import { freshPart } from "../set-participant.server";

/**
 * Lets somebody into a group who came by a link, and says so there. The group is locked by the caller, and they are not in
 * it. What they asked is answered by this.
 * @throws AppError `group_too_large`
 */
export async function enterGroup(
  ctx: Context,
  conversation: ConversationRow,
  person: { accountId: string; name: string },
): Promise<void> {
  const { participant, chatJoinRequest } = schema;
  const { id: conversationId, orgId } = conversation;
  const inside = and(eq(participant.conversationId, conversationId), isNull(participant.leftAt));
  if ((await ctx.tx.$count(participant, inside)) >= GROUP_LIMIT)
    throw invalid("group_too_large", { limit: GROUP_LIMIT });
  await ctx.tx
    .insert(participant)
    .values({ conversationId, orgId, accountId: person.accountId, joinedAt: ctx.now })
    .onConflictDoUpdate({ target: [participant.conversationId, participant.accountId], set: freshPart(ctx.now) });
  await ctx.tx
    .delete(chatJoinRequest)
    .where(and(eq(chatJoinRequest.conversationId, conversationId), eq(chatJoinRequest.accountId, person.accountId)));
  await addNotice(ctx, { conversation, me: person }, "joined");
  // With the one who makes it large all are told, so that their lists begin to listen.
  await tellLists(ctx, conversationId, [person.accountId], LISTS_TOLD + 1);
}
