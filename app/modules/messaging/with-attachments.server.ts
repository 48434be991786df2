import type { Actor } from "~/modules/accounts";
import { claimFiles, type FileRow, findOwnFiles } from "~/modules/files/index.server";
import type { Context } from "~/platform/transact.server";
import type { Appended } from "./append-message.server";
import type { Attachment } from "./message-view";

const toAttachment = ({ id, kind, name, mime, size, state, reason }: FileRow): Attachment => ({
  id,
  kind,
  name,
  mime,
  size,
  url: `/media/${id}`,
  state,
  reason,
});

/**
 * Writes a message with the files of its sender that it names. `write` gets what of the message comes of them, under
 * the conversation's lock; what it wrote takes the files, unless it was there before.
 * @throws AppError `attachment_pending`, `attachment_used`, 404 for what is not the sender's or not for this conversation
 */
export async function withAttachments<T extends Appended>(
  ctx: Context,
  actor: Actor,
  input: { conversationId: string; attachments?: readonly string[] },
  write: (content: { kind: "text" | "media"; attachments: Attachment[] }) => Promise<T>,
): Promise<T> {
  const files = await findOwnFiles(ctx, actor, input.conversationId, input.attachments ?? []);
  const written = await write({ kind: files.length > 0 ? "media" : "text", attachments: files.map(toAttachment) });
  if (!written.dedup) await claimFiles(ctx, files, written.row.id);
  return written;
}
