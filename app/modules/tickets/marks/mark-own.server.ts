import type { Actor } from "~/modules/accounts";
import { chatsChanged } from "~/modules/chats/events";
import { type Marks, markMessage } from "~/modules/messaging/index.server";
import { withSeenMessage } from "./seen-message.server";

/**
 * Stars a message for the actor's account alone, takes it out of its sight, or undoes that. What is hidden is in no page,
 * list or search of this account until it is shown again.
 * @throws AppError 404 without sight of it, 403 for guests, `too_many_starred` (422)
 */
export function markOwn(actor: Actor, messageId: string, change: Partial<Marks>): Promise<Marks> {
  const asked = { needs: "messages:write", hidden: true } as const;
  return withSeenMessage(actor, messageId, asked, async (ctx, { row }) => {
    const { accountId } = ctx.actor;
    const marks = await markMessage(ctx, accountId, row, change);
    // The list shows the last words that are in sight.
    if (change.hidden !== undefined)
      ctx.emit(chatsChanged, { conversationId: row.conversationId, accountIds: [accountId] });
    return marks;
  });
}
