import { readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess, isStillRunning, type ProcessIdentity } from "./process-identity.server";

/** Who holds a lock, since when (ISO 8601), and what it wrote beside. */
export type LockRecord = ProcessIdentity & { since: string; details: Record<string, unknown> };
export type FileLock = { release(): void };

/** A writer creates the file and fills it at once; one that stays unreadable for longer was left by a crash. */
const FILLING_MS = 2_000;
/** A takeover lasts microseconds; a guard older than this was left by a crash in the midst of one. */
const TAKEOVER_MS = 10_000;
const POLL_MS = 25;

function createExclusively(path: string, content: string): boolean {
  try {
    writeFileSync(path, content, { flag: "wx", mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function ageMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** The record in a lock file, "filling" while its writer may still be at it, "stale" when nobody alive holds it. */
function readLock(path: string): LockRecord | "filling" | "stale" {
  let record: LockRecord;
  try {
    record = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return ageMs(path) < FILLING_MS ? "filling" : "stale";
  }
  return isStillRunning(record) ? record : "stale";
}

/** Only who holds the guard may remove a lock that is not its own, else two who saw the same stale lock would both remove. */
function removeStale(path: string): void {
  const guard = `${path}.takeover`;
  if (!createExclusively(guard, "")) {
    if (ageMs(guard) > TAKEOVER_MS) rmSync(guard, { force: true });
    return;
  }
  try {
    if (readLock(path) === "stale") rmSync(path, { force: true });
  } finally {
    rmSync(guard, { force: true });
  }
}

function ownLock(path: string, content: string): FileLock {
  let held = true;
  return {
    release() {
      if (!held) return;
      held = false;
      if (readText(path) === content) rmSync(path, { force: true });
    },
  };
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

/**
 * Tries once to take an exclusive lock that dies with this process (kill -9 and a reused pid included).
 * @returns the lock, or who holds it (undefined while the holder is just writing its name)
 */
export function tryFileLock(
  path: string,
  details: Record<string, unknown> = {},
): { lock: FileLock } | { lock: undefined; heldBy: LockRecord | undefined } {
  const me = identifyProcess() ?? { pid: process.pid, started: "" };
  const content = JSON.stringify({ ...me, since: new Date().toISOString(), details } satisfies LockRecord);
  if (createExclusively(path, content)) return { lock: ownLock(path, content) };
  const found = readLock(path);
  if (found === "stale") {
    removeStale(path);
    if (createExclusively(path, content)) return { lock: ownLock(path, content) };
  }
  return { lock: undefined, heldBy: typeof found === "object" ? found : undefined };
}

/**
 * Waits for the lock.
 * @throws Error naming the holder when it is not free within `limitMs`
 */
export async function waitForFileLock(path: string, limitMs: number): Promise<FileLock> {
  const end = Date.now() + limitMs;
  for (;;) {
    const attempt = tryFileLock(path);
    if (attempt.lock) return attempt.lock;
    if (Date.now() > end) {
      throw new Error(
        `${path} has been held by process ${attempt.heldBy?.pid ?? "?"} for too long; end it and try again`,
      );
    }
    await sleep(POLL_MS);
  }
}
