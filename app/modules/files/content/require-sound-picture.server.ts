import type { AccountActor } from "~/modules/accounts";
import { invalid } from "~/platform/errors";
import { transactAsSystem } from "~/platform/transact.server";
import { findOwnFiles } from "../attach-files.server";
import { shrinkFile } from "./make-thumbnail.server";

/**
 * That a file which the actor uploaded for a conversation is a picture to its end: its small one is made here, unless it was
 * made before. Outside of any transaction, since reading a picture takes its time.
 * @throws AppError `picture_unreadable` (422); 404 and `attachment_pending` as `findOwnFiles`
 */
export async function requireSoundPicture(actor: AccountActor, conversationId: string, fileId: string): Promise<void> {
  const [file] = await transactAsSystem(actor, "a picture that is to be shown", (ctx) =>
    findOwnFiles(ctx, actor, conversationId, [fileId]),
  );
  if (file?.kind !== "image" || !(await shrinkFile(fileId))) throw invalid("picture_unreadable");
}
