import { type FileHandle, mkdir, open, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "~/platform/errors";
import { codeOf } from "../storage/code-of";
import { uploadFolder } from "../storage/index.server";

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

const FULL = ["ENOSPC", "EDQUOT", "EFBIG"];

/** @throws AppError `storage_full` (507), which may be tried again once there is room */
async function saying<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!FULL.includes(codeOf(error))) throw error;
    throw new AppError("storage_full", 507, { retryable: true, expected: false, cause: error });
  }
}

/** The growing file of one upload. */
export type PartFile = {
  readonly position: number;
  append(bytes: Uint8Array): Promise<void>;
  /** What was appended outlives a power cut once this settles. */
  sync(): Promise<void>;
  close(): Promise<void>;
};

/** Opens it behind `offset` bytes. What lies beyond was never acknowledged, and is cut off. */
export async function openPart(id: string, offset: number): Promise<PartFile> {
  await mkdir(uploadFolder(), { recursive: true });
  const handle: FileHandle = await open(partPath(id), offset === 0 ? "w" : "r+");
  await handle.truncate(offset);
  let position = offset;
  return {
    get position() {
      return position;
    },
    async append(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const { bytesWritten } = await saying(handle.write(bytes, at, bytes.length - at, position));
        at += bytesWritten;
        position += bytesWritten;
      }
    },
    async sync() {
      await saying(handle.datasync());
    },
    close: () => handle.close(),
  };
}
