import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const UNITS: Record<string, number> = { us: 0.001, ms: 1, s: 1_000 };

export type WrkFigures = { perSecond: number; p50: number; p99: number };

/** Lua for GETs that carry one of these tokens in turn: one caller alone meets the limit of calls that the API sets. */
export const withTokensInTurn = (tokens: readonly string[]): string => `local requests, turn = {}, 0
function init(args)
  for _, token in ipairs({ ${tokens.map((token) => JSON.stringify(token)).join(", ")} }) do
    requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token })
  end
end
function request()
  turn = turn % #requests + 1
  return requests[turn]
end`;

/**
 * HTTP load by wrk, one thread, keep-alive; times in milliseconds.
 * @param script Lua, for requests other than one GET
 * @throws Error when any answer was missing, or not of the 2xx or 3xx class
 */
export async function wrk(
  url: string,
  { connections, seconds, script }: { connections: number; seconds: number; script?: string | undefined },
): Promise<WrkFigures> {
  const folder = mkdtempSync(join(tmpdir(), "guazu-wrk-"));
  const file = join(folder, "script.lua");
  if (script) writeFileSync(file, script);
  const args = ["-t1", `-c${connections}`, "--latency", "--timeout", "10s", ...(script ? ["-s", file] : [])];
  try {
    await run("wrk", [...args, `-d${Math.max(1, Math.round(seconds / 4))}s`, url]);
    const { stdout } = await run("wrk", [...args, `-d${seconds}s`, url]);
    if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`not every answer was good:\n${stdout}`);
    const share = (percent: string) => {
      const [, value, unit] = new RegExp(`^\\s*${percent}%\\s+([\\d.]+)(us|ms|s)`, "m").exec(stdout) ?? [];
      return Number(value) * (UNITS[unit ?? ""] ?? Number.NaN);
    };
    return { perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]), p50: share("50"), p99: share("99") };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
