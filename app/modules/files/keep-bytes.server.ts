import { eq } from "drizzle-orm";
import { inScope } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { schema } from "~db/index.server";
import type { FileRow } from "./attach-files.server";
import { harmlessName } from "./content/harmless-name";
import { requireRoom } from "./quota/require-room.server";
import { finishUpload } from "./uploads/finish-upload.server";
import { openPart } from "./uploads/part-file.server";

const KEPT_MS = 24 * 3600_000;

/**
 * Keeps bytes that the product itself fetched as a file of a conversation, as if they had been uploaded: looked at, hashed
 * and counted. Again with the same id gives what is there.
 * @returns null where the organisation's quota is full
 */
export async function keepBytes(
  given: { id: string; orgId: string; conversationId: string; name: string },
  bytes: Buffer,
): Promise<FileRow | null> {
  const { id, orgId, conversationId } = given;
  const known = await findFile(given);
  if (known) return known;
  const part = await openPart(id, 0);
  await part.append(bytes);
  await part.sync();
  await part.close();
  try {
    await inScope({ orgId }, async (tx, now) => {
      const name = harmlessName(given.name);
      const whole = { size: bytes.length, received: bytes.length };
      const expiresAt = new Date(now.getTime() + KEPT_MS);
      await tx
        .insert(schema.upload)
        .values({ id, orgId, conversationId, name, ...whole, createdAt: now, expiresAt })
        .onConflictDoNothing();
      await requireRoom(tx, orgId, bytes.length, false);
    });
  } catch (error) {
    if (error instanceof AppError && error.code === "file_quota_exceeded") return null;
    throw error;
  }
  await finishUpload(id);
  return findFile(given);
}

async function findFile({ id, orgId }: { id: string; orgId: string }): Promise<FileRow | null> {
  const { file } = schema;
  const [row] = await inScope({ orgId }, (tx) => tx.select().from(file).where(eq(file.id, id)));
  return row ?? null;
}
