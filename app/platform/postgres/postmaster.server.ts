import * as fs from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { identifyProcess } from "./process-identity.server";

/** What a running server says of itself in postmaster.pid. */
export type Postmaster = { pid: number; port: number; status: string };

const POLL_MS = 50;

/** Lines of postmaster.pid, as PostgreSQL's miscadmin.h numbers them (from 1): pid 1, port 4, status 8. */
export function parsePostmasterFile(text: string): Postmaster | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  const [pid, port] = [Number(lines[0]), Number(lines[3])];
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number.isInteger(port) ? port : 0, status: lines[7] ?? "" };
}

function isSameFolder(path: string, folder: string): boolean {
  try {
    return fs.realpathSync(path) === fs.realpathSync(folder);
  } catch {
    return false;
  }
}

/** The data directory in a postmaster's command line (pg_ctl puts it there) tells it from a program with a reused number. */
function serves(pid: number, cluster: string): boolean {
  let words: string[];
  try {
    words = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
  } catch {
    // Without /proc, or when it is closed to us, a live process with the recorded number has to do.
    return true;
  }
  return words.some((word) => isSameFolder(word, cluster));
}

/** The live server of a cluster; undefined when there is no file or what it names is gone or another program. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  let text: string;
  try {
    text = fs.readFileSync(join(cluster, "postmaster.pid"), "utf8");
  } catch {
    return undefined;
  }
  const found = parsePostmasterFile(text);
  return found && identifyProcess(found.pid) && serves(found.pid, cluster) ? found : undefined;
}

/**
 * Waits while a live server starts (it may be recovering) or stops.
 * @returns the ready server, or undefined once there is none
 * @throws Error when it is neither within `limitMs`
 */
export async function settlePostmaster(cluster: string, limitMs: number): Promise<Postmaster | undefined> {
  const end = Date.now() + limitMs;
  for (;;) {
    const found = findPostmaster(cluster);
    if (!found || found.status === "ready") return found;
    if (Date.now() > end) {
      throw new Error(
        `PostgreSQL in ${cluster} (process ${found.pid}) has been ${found.status || "starting"} for too long`,
      );
    }
    await sleep(POLL_MS);
  }
}

/**
 * Removes the file of a server that is gone when its number now belongs to another program: PostgreSQL would take that
 * for itself and refuse to start. It finds orphaned children by the shared memory of the data directory, not by this file.
 */
export function clearStaleFile(cluster: string): void {
  const path = join(cluster, "postmaster.pid");
  if (fs.existsSync(path) && !findPostmaster(cluster)) fs.rmSync(path, { force: true });
}
