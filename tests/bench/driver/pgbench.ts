import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

export type PgbenchFigures = { perSecond: number };

/**
 * PostgreSQL's own load generator, with statements prepared, so many clients and one thread; warmed up first.
 * @param script what each client does over and over, in pgbench's language
 */
export async function pgbench(url: string, script: string, clients: number, seconds: number): Promise<PgbenchFigures> {
  const folder = mkdtempSync(join(tmpdir(), "guazu-pgbench-"));
  const file = join(folder, "script.sql");
  writeFileSync(file, script);
  const round = async (time: number) => {
    const args = ["-n", "-M", "prepared", "-c", `${clients}`, "-j", "1", "-T", `${time}`, "-f", file, url];
    return (await run("pgbench", args)).stdout;
  };
  try {
    await round(Math.max(1, Math.round(seconds / 4)));
    const said = await round(seconds);
    const perSecond = Number(/tps = ([\d.]+)/.exec(said)?.[1]);
    if (!perSecond) throw new Error(`pgbench said no figure: ${said}`);
    return { perSecond };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
