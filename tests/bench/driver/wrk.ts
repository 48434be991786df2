import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const UNITS: Record<string, number> = { us: 0.001, ms: 1, s: 1_000 };

export type WrkFigures = { perSecond: number; p50: number; p99: number };

/**
 * HTTP load by wrk, one thread, keep-alive; times in milliseconds.
 * @param script Lua, for requests other than one GET
 * @throws Error when any answer was not of the 2xx or 3xx class
 */
export async function wrk(
  url: string,
  {
    connections,
    seconds,
    headers = {},
    script,
  }: {
    connections: number;
    seconds: number;
    headers?: Record<string, string>;
    script?: string;
  },
): Promise<WrkFigures> {
  const folder = mkdtempSync(join(tmpdir(), "guazu-wrk-"));
  const file = join(folder, "script.lua");
  if (script) writeFileSync(file, script);
  const given = Object.entries(headers).flatMap(([name, value]) => ["-H", `${name}: ${value}`]);
  const args = ["-t1", `-c${connections}`, "--latency", "--timeout", "10s", ...given, ...(script ? ["-s", file] : [])];
  try {
    await run("wrk", [...args, `-d${Math.max(1, Math.round(seconds / 4))}s`, url]);
    const { stdout } = await run("wrk", [...args, `-d${seconds}s`, url]);
    if (/Non-2xx/.test(stdout)) throw new Error(`not every answer was good:\n${stdout}`);
    const share = (percent: string) => {
      const [, value, unit] = new RegExp(`^\\s*${percent}%\\s+([\\d.]+)(us|ms|s)`, "m").exec(stdout) ?? [];
      return Number(value) * (UNITS[unit ?? ""] ?? Number.NaN);
    };
    return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), p50: share("50"), p99: share("99") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
