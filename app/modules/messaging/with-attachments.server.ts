import type { Actor } from "~/modules/accounts";
import { claimFiles, type FileRow, findOwnFiles } from "~/modules/files/index.server";
import type { Context } from "~/platform/transact.server";
import type { Appended } from "./append-message.server";
import type { Attachment } from "./message-view";

/** A file as messages show it. */
export function toAttachment({ id, kind, name, mime, size, state, reason, ...row }: FileRow): Attachment {
  // A small picture does not move.
  const small = kind === "image" && mime !== "image/gif";
  return {
    ...{ id, kind, name, mime, size, state, reason },
    url: `/media/${id}`,
    width: row.width,
    height: row.height,
    thumbnail: small ? `/media/${id}?size=thumb` : null,
    placeholder: row.placeholder,
    duration_ms: row.durationMs,
    waveform: row.waveform,
  };
}

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
