import { eq } from "drizzle-orm";
import { z } from "zod";
import { asSystem } from "~/platform/db.server";
import { defineJob } from "~/platform/jobs/index.server";
import { log } from "~/platform/log.server";
import { schema } from "~db/index.server";
import { fileKey, thumbnailKey } from "../storage/file-storage";
import { fileStorage } from "../storage/index.server";
import { shrinkPicture } from "./picture.server";

/**
 * Makes a picture's small one and its placeholder, unless they are there. Answers whether they are: a picture that breaks
 * off in the midst of it has none, and stays.
 */
export async function shrinkFile(fileId: string): Promise<boolean> {
  const { file } = schema;
  const [row] = await asSystem("a picture's small one", (tx) => tx.select().from(file).where(eq(file.id, fileId)));
  if (!row || row.thumbnailAt) return Boolean(row);
  const storage = await fileStorage();
  const made = await storage.lend(fileKey(row), (path) =>
    shrinkPicture(path).catch((error: unknown) => {
      log.info({ err: error, fileId }, "a picture has no small one");
      return null;
    }),
  );
  if (!made) return false;
  await storage.put(thumbnailKey(row), made.thumbnail);
  await asSystem("a picture's small one", (tx, now) =>
    tx.update(file).set({ thumbnailAt: now, placeholder: made.placeholder }).where(eq(file.id, fileId)),
  );
  return true;
}

export const makeThumbnail = defineJob({
  name: "files.make-thumbnail",
  lane: "report",
  payload: z.strictObject({ fileId: z.uuid() }),
  async run({ fileId }) {
    await shrinkFile(fileId);
  },
});
