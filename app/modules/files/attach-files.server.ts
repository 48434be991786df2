import { and, eq, inArray, isNull } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { AppError, conflict, invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { isOwner } from "./uploads/uploader";

export type FileRow = typeof schema.file.$inferSelect;

/** So many files go with one message. */
export const MOST_FILES = 32;

/**
 * The files that an actor uploaded for a conversation, in the order asked for; also those that a message has already,
 * so that a repeat of its send looks like the first.
 * @throws AppError `attachment_pending` (409, try again) while one is not whole, 404 for any other
 */
export async function findOwnFiles(
  ctx: Context,
  actor: Actor,
  conversationId: string,
  ids: readonly string[],
): Promise<FileRow[]> {
  if (ids.length === 0) return [];
  if (ids.length > MOST_FILES || new Set(ids).size < ids.length) throw invalid("invalid_request");
  if (!ids.every(isUuid)) throw notFound("attachment");
  const { file, upload } = schema;
  const mine = <Row extends { conversationId: string | null; accountId: string | null; guestId: string | null }>(
    rows: Row[],
  ) => rows.filter((row) => row.conversationId === conversationId && isOwner(actor, row));
  const rows = mine(
    await ctx.tx
      .select()
      .from(file)
      .where(inArray(file.id, [...ids])),
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  const missing = ids.filter((id) => !found.has(id.toLowerCase()));
  if (missing.length > 0) {
    const coming = mine(await ctx.tx.select().from(upload).where(inArray(upload.id, missing)));
    if (coming.length === missing.length) throw new AppError("attachment_pending", 409, { retryable: true });
    throw notFound("attachment");
  }
  return ids.flatMap((id) => found.get(id.toLowerCase()) ?? []);
}

/** Gives files to the message that was written with them. @throws AppError `attachment_used` (409) where one has another */
export async function claimFiles(ctx: Context, files: readonly FileRow[], messageId: string): Promise<void> {
  if (files.length === 0) return;
  const { file } = schema;
  const ids = files.map(({ id }) => id);
  const claimed = await ctx.tx
    .update(file)
    .set({ messageId })
    .where(and(inArray(file.id, ids), isNull(file.messageId)))
    .returning({ id: file.id });
  if (claimed.length < ids.length) throw conflict("attachment_used");
}

/** Lets go of a file that a message had: nobody reads it any more, and the sweep takes it. */
export async function releaseFile(ctx: Context, fileId: string): Promise<void> {
  const { file } = schema;
  await ctx.tx.update(file).set({ messageId: null }).where(eq(file.id, fileId));
}
