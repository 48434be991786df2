import { type FileHandle, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { codeOf } from "../storage/code-of";
import { uploadFolder } from "../storage/index.server";
import { makeFolder } from "../storage/make-folder";
import { sayingFull } from "../storage/saying-full";

export const partPath = (id: string) => join(uploadFolder(), `${id}.part`);

/** How many bytes of an upload are there; 0 without any. */
export async function partSize(id: string): Promise<number> {
  try {
    return (await stat(partPath(id))).size;
  } catch (error) {
    if (codeOf(error) === "ENOENT") return 0;
    throw error;
  }
}

export const removePart = (id: string) => rm(partPath(id), { force: true });

/** The growing file of one upload. */
export type PartFile = {
  readonly position: number;
  append(bytes: Uint8Array): Promise<void>;
  /** What was appended outlives a power cut once this settles. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

/**
 * Opens it behind `offset` bytes. What lies beyond was never acknowledged, and is cut off.
 * @throws AppError `storage_full` (507), as all that is written
 */
export async function openPart(id: string, offset: number): Promise<PartFile> {
  await sayingFull(makeFolder(uploadFolder()));
  const handle: FileHandle = await sayingFull(open(partPath(id), offset === 0 ? "w" : "r+"));
  await handle.truncate(offset);
  let position = offset;
  return {
    get position() {
      return position;
    },
    async append(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await sayingFull(handle.write(bytes, at, bytes.length - at, position));
        at += bytesWritten;
        position += bytesWritten;
      }
    },
    async sync() {
      await sayingFull(handle.datasync());
    },
    close: () => handle.close(),
  };
}
