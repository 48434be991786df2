import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { eq } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";
import { enqueue } from "~/platform/jobs/index.server";
import { schema } from "~db/index.server";
import { lookAtContent } from "../content/look-at-content.server";
import { makeThumbnail } from "../content/make-thumbnail.server";
import { believable } from "../content/told-by-sender.server";
import { fileKey } from "../storage/file-storage";
import { fileStorage } from "../storage/index.server";
import { openPart, partPath, partSize, removePart } from "./part-file.server";

async function hashOf(path: string): Promise<string> {
  const hash = createHash("sha256");
  await pipeline(createReadStream(path, { highWaterMark: 1024 * 1024 }), hash);
  return hash.digest("hex");
}

const underWay = new Map<string, Promise<void>>();

/**
 * Makes a file of an upload that is whole, and nothing of any other; again is no harm. The bytes lie in the storage
 * before the row says so, and what was hashed is what lies there, not what was said to have come.
 */
export function finishUpload(id: string): Promise<void> {
  const known = underWay.get(id);
  if (known) return known;
  const finishing = finish(id).finally(() => underWay.delete(id));
  underWay.set(id, finishing);
  return finishing;
}

async function finish(id: string): Promise<void> {
  const { upload, file } = schema;
  const [row] = await asSystem("a whole upload becomes a file", (tx) =>
    tx.select().from(upload).where(eq(upload.id, id)),
  );
  if (!row || row.size === null || row.received !== row.size) return;
  if (row.size === 0) await (await openPart(id, 0)).close();
  if ((await partSize(id)) !== row.size) return;
  const path = partPath(id);
  const sha256 = await hashOf(path);
  const content = await lookAtContent(path, { type: row.declaredType, voice: row.voice });
  const told = await believable(content.kind, row);
  await (await fileStorage()).put(fileKey({ id, sha256 }), path);
  const made = await asSystem("a whole upload becomes a file", async (tx, now) => {
    const [still] = await tx.delete(upload).where(eq(upload.id, id)).returning();
    if (!still) return tx.select({ id: file.id }).from(file).where(eq(file.id, id));
    const { orgId, conversationId, flowId, accountId, guestId, name } = still;
    const owned = { orgId, conversationId, flowId, accountId, guestId };
    const known = { ...content, ...told };
    if (content.kind === "image") await enqueue(tx, makeThumbnail, { fileId: id });
    return tx
      .insert(file)
      .values({ id, ...owned, name, size: row.received, sha256, ...known, createdAt: now })
      .returning({ id: file.id });
  });
  // Taken back while it was being finished.
  if (made.length === 0) await (await fileStorage()).remove(fileKey({ id, sha256 }));
  await removePart(id);
}
