import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { chatsChanged } from "./events";

/** At least one of them. */
export type ChatPreferences = {
  /** Null: hear of it again. */
  mutedUntil?: Date | null;
  pinned?: boolean;
  archived?: boolean;
};

/** Sets how one account keeps a chat in its own list; the others do not see it. @throws AppError 404 */
export async function setChatPreferences(
  actor: AccountActor,
  conversationId: string,
  { mutedUntil, pinned, archived }: ChatPreferences,
): Promise<void> {
  if (!isUuid(conversationId)) throw notFound("conversation");
  return transactAsSystem(actor, "an account's own list of chats", async (ctx) => {
    const { participant } = schema;
    const [row] = await ctx.tx
      .update(participant)
      .set({
        ...(mutedUntil !== undefined && { mutedUntil }),
        ...(pinned !== undefined && { pinnedAt: pinned ? ctx.now : null }),
        ...(archived !== undefined && { archivedAt: archived ? ctx.now : null }),
      })
      .where(
        and(
          eq(participant.conversationId, conversationId),
          eq(participant.accountId, actor.accountId),
          isNull(participant.leftAt),
        ),
      )
      .returning({ id: participant.conversationId });
    if (!row) throw notFound("conversation");
    ctx.emit(chatsChanged, { conversationId, accountIds: [actor.accountId] });
  });
}
