import { and, eq, inArray, isNotNull } from "drizzle-orm";
import { chatsChanged } from "~/modules/chats/events";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";

/** Tells customers who write from an account of theirs that their list of chats shows something else of these conversations. */
export async function tellCustomers(ctx: Context, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length === 0) return;
  const { conversation, identity } = schema;
  const rows = await ctx.tx
    .select({ conversationId: conversation.id, accountId: identity.accountId })
    .from(conversation)
    .innerJoin(identity, eq(identity.id, conversation.identityId))
    .where(and(inArray(conversation.id, [...conversationIds]), isNotNull(identity.accountId)));
  for (const { conversationId, accountId } of rows)
    if (accountId) ctx.emit(chatsChanged, { conversationId, accountIds: [accountId] });
}
