import { and, eq, ne } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import type { ConversationRow } from "~/modules/messaging/index.server";
import { forbidden } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { standingOf } from "./find-account.server";

/**
 * Nothing new is said in a direct chat that one of the two has left or blocked the other in: no message, no other text of
 * an old one, no emoji. Groups are always open to who is in them.
 * @throws AppError `chat_closed` (403), the same for all causes
 */
export async function requireOpenChat(ctx: Context, actor: AccountActor, chat: ConversationRow): Promise<void> {
  if (chat.kind !== "direct") return;
  const { participant } = schema;
  const [other] = await ctx.tx
    .select({ accountId: participant.accountId, leftAt: participant.leftAt })
    .from(participant)
    .where(and(eq(participant.conversationId, chat.id), ne(participant.accountId, actor.accountId)));
  const closed = !other || other.leftAt || (await standingOf(ctx.tx, actor.accountId, other.accountId)).blocked;
  if (closed) throw forbidden("chat_closed");
}
