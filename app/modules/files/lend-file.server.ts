import { and, eq } from "drizzle-orm";
import { isUuid, newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { FileRow } from "./attach-files.server";
import { readFileUse } from "./quota/file-use.server";
import { fileKey, thumbnailKey } from "./storage/file-storage";
import { fileStorage } from "./storage/index.server";

/**
 * Copies one of an organisation's files for a message of a conversation, within the transaction at hand: what it does not
 * commit is swept like all that nobody sent.
 * @returns null where the organisation has no such file, its quota is full, or the bytes are gone
 */
export async function lendFile(
  ctx: Context,
  fileId: string,
  target: { orgId: string; conversationId: string },
): Promise<FileRow | null> {
  if (!isUuid(fileId)) return null;
  const { file } = schema;
  const { orgId, conversationId } = target;
  const [source] = await ctx.tx
    .select()
    .from(file)
    .where(and(eq(file.id, fileId), eq(file.orgId, orgId)));
  if (!source || !(await hasRoom(ctx, orgId, source.size))) return null;
  const id = newId();
  if (!(await copyBytes(source, id))) return null;
  const own = { conversationId, flowId: null, accountId: null, guestId: null, messageId: null };
  const [copy] = await ctx.tx
    .insert(file)
    .values({ ...source, ...own, id, orgId, createdAt: ctx.now })
    .returning();
  return copy ?? null;
}

async function hasRoom(ctx: Context, orgId: string, size: number): Promise<boolean> {
  const { quota, used } = await readFileUse(ctx.tx, orgId);
  return quota === null || used + size <= quota;
}

async function copyBytes(source: FileRow, id: string): Promise<boolean> {
  const storage = await fileStorage();
  const copy = { id, sha256: source.sha256 };
  try {
    await storage.lend(fileKey(source), (path) => storage.put(fileKey(copy), path));
    if (source.thumbnailAt) await storage.lend(thumbnailKey(source), (path) => storage.put(thumbnailKey(copy), path));
    return true;
  } catch {
    // Whoever waits for the bot is not to wait for a file that is gone.
    return false;
  }
}
