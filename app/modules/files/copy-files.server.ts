import { inArray } from "drizzle-orm";
import { type Actor, membershipIn } from "~/modules/accounts";
import { asSystem, inScope, type Scope } from "~/platform/db.server";
import { enqueue } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import type { FileRow } from "./attach-files.server";
import { makeThumbnail } from "./content/make-thumbnail.server";
import { requireRoom } from "./quota/require-room.server";
import { fileKey, thumbnailKey } from "./storage/file-storage";
import { fileStorage } from "./storage/index.server";
import { ownerOf } from "./uploads/uploader";

/** `id` is the new file's: made by the caller of what is copied, so that a repeat copies nothing twice. */
export type Copy = { from: string; id: string };
type Target = { conversationId: string; orgId: string | null; scope: Scope };

/**
 * Copies files, so that the actor can send them to another conversation: each gets a row and bytes of its own, and neither
 * knows of the other's end. Whether the actor may read them, and write there, the caller has asked. The rows come first: what
 * a killed process leaves is swept like all that nobody sent. Returns the ids of those that there are, in order.
 * @throws AppError `file_quota_exceeded` (413)
 */
export async function copyFiles(actor: Actor, copies: readonly Copy[], target: Target): Promise<string[]> {
  if (copies.length === 0) return [];
  const { file } = schema;
  const sources = await asSystem("copy files that the actor sees", (tx) =>
    tx
      .select()
      .from(file)
      .where(
        inArray(
          file.id,
          copies.map(({ from }) => from),
        ),
      ),
  );
  const pairs = copies.flatMap(({ from, id }) => {
    const source = sources.find((row) => row.id === from);
    return source ? [{ source, id }] : [];
  });
  await inScope(target.scope, async (tx, now) => {
    let added = 0;
    for (const { source, id } of pairs) {
      const { conversationId, orgId } = target;
      const own = { id, conversationId, flowId: null, orgId, ...ownerOf(actor), messageId: null, createdAt: now };
      const made = await tx
        .insert(file)
        .values({ ...source, ...own })
        .onConflictDoNothing()
        .returning({ id: file.id });
      if (made.length > 0) added += source.size;
      if (made.length > 0 && source.kind === "image" && !source.thumbnailAt)
        await enqueue(tx, makeThumbnail, { fileId: id });
    }
    const { orgId } = target;
    if (added > 0) await requireRoom(tx, orgId, added, Boolean(orgId && membershipIn(actor, orgId)));
  });
  for (const { source, id } of pairs) await copyBytes(source, id);
  return pairs.map(({ id }) => id);
}

/** Again is no harm: the same bytes under the same key. */
async function copyBytes(source: FileRow, id: string): Promise<void> {
  const storage = await fileStorage();
  const copy = { id, sha256: source.sha256 };
  await storage.lend(fileKey(source), (path) => storage.put(fileKey(copy), path));
  if (source.thumbnailAt) await storage.lend(thumbnailKey(source), (path) => storage.put(thumbnailKey(copy), path));
}
