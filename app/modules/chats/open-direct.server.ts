import { eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { invalid, notFound } from "~/platform/errors";
import { isUuid, newId } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged } from "./events";
import { directKey, standingOf } from "./find-account.server";
import { setParticipant } from "./set-participant.server";

/**
 * The direct chat of two accounts, begun if there is none. To a stranger it is a request until they accept or answer.
 * Two who begin at once get one chat.
 * @throws AppError 404 for an account that the actor may not write to, `chat_with_oneself`
 */
export async function openDirectChat(actor: AccountActor, otherId: string): Promise<string> {
  if (!isUuid(otherId)) throw notFound("account");
  if (otherId === actor.accountId) throw invalid("chat_with_oneself");
  return transactAsSystem(actor, "open a direct chat", async (ctx) => {
    const { account, conversation, participant } = schema;
    const key = directKey(actor.accountId, otherId);
    const [other] = await ctx.tx.select({ findable: account.findable }).from(account).where(eq(account.id, otherId));
    const { known, blocked } = await standingOf(ctx.tx, actor.accountId, otherId);
    const [before] = await ctx.tx
      .select({ id: conversation.id })
      .from(conversation)
      .where(eq(conversation.directKey, key));
    if (before) {
      // Who declined it once, and comes now, wants it.
      await setParticipant(ctx, before.id, actor.accountId, { leftAt: null, accepted: true });
      return before.id;
    }
    if (!other || !(other.findable || known) || blocked) throw notFound("account");
    const id = newId();
    const [made] = await ctx.tx
      .insert(conversation)
      .values({ id, kind: "direct", directKey: key, createdAt: ctx.now })
      .onConflictDoNothing({ target: conversation.directKey })
      .returning({ id: conversation.id });
    if (!made) {
      const [theirs] = await ctx.tx
        .select({ id: conversation.id })
        .from(conversation)
        .where(eq(conversation.directKey, key));
      return theirs?.id ?? id;
    }
    await ctx.tx.insert(participant).values([
      { conversationId: id, accountId: actor.accountId, joinedAt: ctx.now },
      { conversationId: id, accountId: otherId, joinedAt: ctx.now, accepted: known },
    ]);
    ctx.emit(chatsChanged, { conversationId: id, accountIds: [actor.accountId] });
    return id;
  });
}
