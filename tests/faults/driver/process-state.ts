import { readdirSync, readFileSync } from "node:fs";

/** Open file descriptors of a process, sockets too; null where the system does not tell. */
export function descriptors(pid: number | undefined): number | null {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return null;
  }
}

/** Resident memory of a process in megabytes; 0 where the system does not tell. */
export function residentMb(pid: number | undefined): number {
  try {
    const [, kb] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return Math.round(Number(kb) / 1024);
  } catch {
    return 0;
  }
}

export const isAlive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0);
  } catch {
    return false;
  }
};
