import { and, eq, isNull } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { forbidden, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { transactAsSystem } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { lockPart } from "../load-chat.server";
import { groupRights } from "../policy";

/**
 * Takes a link back: from then on it lets nobody in. Who asked by it still waits for an answer.
 * @throws AppError 404 (also once it was taken back), 403 below an admin
 */
export async function revokeGroupInvite(actor: AccountActor, conversationId: string, inviteId: string): Promise<void> {
  return transactAsSystem(actor, "take back a link into a group", async (ctx) => {
    const { me } = await lockPart(ctx, conversationId);
    if (!groupRights(me.role).invite) throw forbidden();
    if (!isUuid(inviteId)) throw notFound("invitation");
    const { chatInvite } = schema;
    const [row] = await ctx.tx
      .update(chatInvite)
      .set({ revokedAt: ctx.now })
      .where(
        and(eq(chatInvite.id, inviteId), eq(chatInvite.conversationId, conversationId), isNull(chatInvite.revokedAt)),
      )
      .returning({ id: chatInvite.id });
    if (!row) throw notFound("invitation");
  });
}
