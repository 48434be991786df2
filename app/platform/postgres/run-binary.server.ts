import { spawn } from "node:child_process";
import {
  closeSync,
  constants,
  existsSync,
  fchownSync,
  fstatSync,
  openSync,
  readSync,
  renameSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import type { Home } from "./home.server";

const LOG_LIMIT_BYTES = 10 * 1024 * 1024;
const TAIL_BYTES = 8 * 1024;

/** Only what the binaries need: no setting of ours or of libpq (PGDATA, PGPORT) reaches them. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const { PATH, NODE_ENV, SystemRoot, TEMP } = process.env;
  return { PATH, NODE_ENV, LC_ALL: "C", ...(SystemRoot ? { SystemRoot, TEMP } : {}) };
}

/** The folder belongs to the account, so a link there is not followed when this is root. */
function openLog(home: Home): number {
  const { O_APPEND, O_CREAT, O_WRONLY, O_NOFOLLOW = 0 } = constants;
  const log = openSync(home.log, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o640);
  if (home.user) fchownSync(log, home.user.uid, home.user.gid);
  return log;
}

/**
 * Runs one of PostgreSQL's programs in a session of its own, so that Ctrl-C in the terminal does not reach it, as the
 * home's account. What it prints goes to the home's log.
 * @returns the exit code, and what the log gained (its last 8 KB)
 */
export async function runBinary(
  binaries: string,
  program: "initdb" | "pg_ctl",
  args: string[],
  home: Home,
): Promise<{ code: number; output: string }> {
  const log = openLog(home);
  const from = fstatSync(log).size;
  try {
    const code = await new Promise<number>((resolve, reject) => {
      const options = { ...home.user, cwd: home.folder, env: cleanEnvironment(), detached: true, windowsHide: true };
      const child = spawn(join(binaries, program), args, { ...options, stdio: ["ignore", log, log] });
      child.on("error", reject);
      child.on("exit", (exit) => resolve(exit ?? 1));
    });
    return { code, output: readFrom(home.log, from) };
  } finally {
    closeSync(log);
  }
}

function readFrom(path: string, offset: number): string {
  const start = Math.max(offset, statSync(path).size - TAIL_BYTES);
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(TAIL_BYTES);
    return buffer.toString("utf8", 0, readSync(file, buffer, 0, TAIL_BYTES, start));
  } finally {
    closeSync(file);
  }
}

/** The last line that names a fault, else the last line; PostgreSQL's time and pid before it are left out. */
export function telltaleLine(text: string): string {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const fault =
    lines.findLast((line) => /\b(FATAL|PANIC|ERROR|error):/.test(line)) ?? lines.at(-1) ?? "it said nothing";
  return fault.replace(/^.*?\b(?=(FATAL|PANIC|ERROR|error):)/, "").trim();
}

/** Puts a log that has grown away, at a start; the one before that is dropped. */
export function rotateLog(log: string): void {
  if (existsSync(log) && statSync(log).size > LOG_LIMIT_BYTES) renameSync(log, `${log}.1`);
}
