import { and, eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transact, transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged, peopleLeft } from "./events";
import { directKey } from "./find-account.server";
import { chatScope, lockChat } from "./load-chat.server";
import { setParticipant } from "./set-participant.server";

/**
 * Lets a stranger write, or not: a chat that was declined is gone from one's list, and the other is refused from then on.
 * What was accepted before stays so.
 * @throws AppError 404
 */
export async function answerRequest(actor: AccountActor, conversationId: string, accept: boolean): Promise<void> {
  return transact(actor, chatScope(actor, null), async (ctx) => {
    const { conversation, me, other } = await lockChat(ctx, conversationId);
    if (!other) throw notFound("conversation");
    if (me.accepted) return;
    await setParticipant(ctx, conversation.id, me.accountId, accept ? { accepted: true } : { leftAt: ctx.now });
    ctx.emit(peopleLeft, { conversationId });
    ctx.emit(chatsChanged, { conversationId, accountIds: accept ? [me.accountId, other.accountId] : [me.accountId] });
  });
}

/**
 * Wants to hear no more of an account, or hears of it again. The other one is not told; what they write to the direct
 * chat is refused, and they neither find this account nor add it to groups.
 * @throws AppError 404 for an account that does not exist, `block_oneself`
 */
export async function blockAccount(actor: AccountActor, otherId: string, on: boolean): Promise<void> {
  if (!isUuid(otherId)) throw notFound("account");
  if (otherId === actor.accountId) throw invalid("block_oneself");
  return transactAsSystem(actor, "block an account", async (ctx) => {
    const { account, accountBlock, conversation } = schema;
    const [other] = await ctx.tx.select({ id: account.id }).from(account).where(eq(account.id, otherId));
    if (!other) throw notFound("account");
    const pair = { accountId: actor.accountId, blockedId: otherId };
    if (on) {
      await ctx.tx
        .insert(accountBlock)
        .values({ ...pair, createdAt: ctx.now })
        .onConflictDoNothing();
    } else {
      await ctx.tx
        .delete(accountBlock)
        .where(and(eq(accountBlock.accountId, pair.accountId), eq(accountBlock.blockedId, pair.blockedId)));
    }
    const [chat] = await ctx.tx
      .select({ id: conversation.id })
      .from(conversation)
      .where(eq(conversation.directKey, directKey(actor.accountId, otherId)));
    if (!chat) return;
    ctx.emit(peopleLeft, { conversationId: chat.id });
    ctx.emit(chatsChanged, { conversationId: chat.id, accountIds: [actor.accountId] });
  });
}
