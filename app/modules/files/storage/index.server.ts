import { join } from "node:path";
import { env } from "~/platform/env.server";
import { diskStorage } from "./disk-storage.server";
import type { FileStorage } from "./file-storage";

let opened: { key: string; storage: Promise<FileStorage> } | undefined;

/** Where uploads grow until they are whole; every process that serves shares it. */
export const uploadFolder = () => join(env().dataDir, "uploads");

/** Where files lie by the process's settings: in the bucket where there is one, else under DATA_DIR. */
export function fileStorage(): Promise<FileStorage> {
  const { bucket, dataDir } = env();
  const key = JSON.stringify([bucket, dataDir]);
  if (opened?.key !== key) opened = { key, storage: open() };
  return opened.storage;
}

async function open(): Promise<FileStorage> {
  const { bucket, dataDir } = env();
  if (!bucket) return diskStorage(join(dataDir, "files"));
  // Amazon's library is large: only who has a bucket loads it.
  const { s3Storage } = await import("./s3-storage.server");
  return s3Storage(bucket, uploadFolder());
}
