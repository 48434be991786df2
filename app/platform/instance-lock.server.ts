import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type FileLock, type LockRecord, tryFileLock } from "./postgres/file-lock.server";

function describe(dataDir: string, holder: LockRecord | undefined): string {
  if (!holder) return `DATA_DIR ${dataDir} is being taken by another GuazuApp that is just starting`;
  const since = holder.since.replace("T", " ").slice(0, 19);
  return `DATA_DIR ${dataDir} is held by another GuazuApp: process ${holder.pid}, since ${since} UTC, serving http://127.0.0.1:${holder.details.port}. Stop it first, or set another DATA_DIR.`;
}

/**
 * Marks a data folder as served by this process until `release` (or its death). For embedded PostgreSQL only: many
 * processes may share a DATABASE_URL.
 * @throws Error with one line that names the process, since when it runs and what it serves, when a live one holds it
 */
export function holdInstance(dataDir: string, info: { port: number }): FileLock {
  mkdirSync(dataDir, { recursive: true });
  const attempt = tryFileLock(join(dataDir, "server.lock"), { port: info.port });
  if (attempt.lock) return attempt.lock;
  throw new Error(describe(dataDir, attempt.heldBy));
}
