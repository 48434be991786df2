import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { identifyProcess, isStillRunning, type ProcessIdentity } from "./process-identity.server";

/** One use of the server by a process; a process may use it more than once. */
type Hold = ProcessIdentity & { use: string };

/** Stays when nobody holds: `wasUsed` asks for it. */
function fileOf(dataDir: string): string {
  return join(dataDir, "postgres.holders.json");
}

/** Whether a server was ever used here: then a missing cluster is a loss, not a beginning. */
export function wasUsed(dataDir: string): boolean {
  return existsSync(fileOf(dataDir));
}

function livingHolds(dataDir: string): Hold[] {
  try {
    const holds: Hold[] = JSON.parse(readFileSync(fileOf(dataDir), "utf8"));
    return holds.filter(isStillRunning);
  } catch {
    return [];
  }
}

function save(dataDir: string, holds: Hold[]): void {
  const unfinished = `${fileOf(dataDir)}.new`;
  writeFileSync(unfinished, JSON.stringify(holds), { mode: 0o600 });
  renameSync(unfinished, fileOf(dataDir));
}

/** Writes down that this process uses the server. Call with the data folder's PostgreSQL lock held. */
export function addHold(dataDir: string, use: string): void {
  const me = identifyProcess() ?? { pid: process.pid, started: "" };
  save(dataDir, [...livingHolds(dataDir), { ...me, use }]);
}

/** Takes that back, lock held; returns how many live uses remain. */
export function dropHold(dataDir: string, use: string): number {
  const others = livingHolds(dataDir).filter((hold) => hold.use !== use);
  save(dataDir, others);
  return others.length;
}
