import { join } from "node:path";
import { env } from "~/platform/env.server";
import { diskStorage } from "./disk-storage.server";
import type { FileStorage } from "./file-storage";
import { s3Storage } from "./s3-storage.server";

let opened: { key: string; storage: FileStorage } | undefined;

/** Where uploads grow until they are whole; every process that serves shares it. */
export const uploadFolder = () => join(env().dataDir, "uploads");

/** Where files lie by the process's settings: in the bucket where there is one, else under DATA_DIR. */
export function fileStorage(): FileStorage {
  const { bucket, dataDir } = env();
  const key = JSON.stringify([bucket, dataDir]);
  if (opened?.key !== key) {
    const storage = bucket ? s3Storage(bucket, uploadFolder()) : diskStorage(join(dataDir, "files"));
    opened = { key, storage };
  }
  return opened.storage;
}
