import { eq } from "drizzle-orm";
import type { AccountActor } from "~/modules/accounts";
import { claimFiles, findOwnFiles, releaseFile, requireSoundPicture } from "~/modules/files/index.server";
import { asSystem } from "~/platform/db.server";
import { forbidden } from "~/platform/errors";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { changeGroup } from "./change-group.server";
import type { Chat } from "./load-chat.server";
import { addNotice } from "./notice.server";
import { requireGroupRight } from "./people/require-group-right.server";
import { groupRights } from "./policy";

/**
 * Gives a group a picture, a file that the actor uploaded for it, or with null none. It belongs to the line in the group that
 * tells of it, and is seen by whom that line is; the one before is let go of.
 * @throws AppError 404, 403 below an admin, `picture_unreadable` (422), `attachment_pending` (409), `attachment_used` (409)
 */
export async function setGroupPicture(actor: AccountActor, conversationId: string, fileId: string | null) {
  // Before anything is made of the file, and again under the lock.
  await asSystem("who gives a group a picture", (tx) => requireGroupRight(tx, actor, conversationId, "rename"));
  if (fileId !== null) await requireSoundPicture(actor, conversationId, fileId);
  return changeGroup(actor, conversationId, async (ctx, chat) => {
    if (!groupRights(chat.me.role).rename) throw forbidden();
    const before = chat.conversation.pictureId;
    if (before === fileId) return undefined;
    await adopt(ctx, chat, fileId);
    if (before) await releaseFile(ctx, before);
    return undefined;
  });
}

async function adopt(ctx: Context<AccountActor>, chat: Chat, fileId: string | null): Promise<void> {
  const { conversation } = schema;
  const files = fileId === null ? [] : await findOwnFiles(ctx, ctx.actor, chat.conversation.id, [fileId]);
  await ctx.tx.update(conversation).set({ pictureId: fileId }).where(eq(conversation.id, chat.conversation.id));
  const line = await addNotice(ctx, chat, "pictured");
  await claimFiles(ctx, files, line.id);
}
