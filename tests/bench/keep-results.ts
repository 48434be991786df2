import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type Row, ratioOf, reaches } from "./benchmark";

type Result = { name: string; title: string; rows: readonly Row[] };

/** Writes the figures under bench-results/ as JSON, and says where. */
export function keepResults(results: readonly Result[], quick: boolean): string {
  const at = new Date().toISOString();
  const machine = { node: process.version, cores: cpus().length, cpu: cpus()[0]?.model, memory: totalmem() };
  const judged = results.map(({ rows, ...result }) => ({
    ...result,
    rows: rows.map((row) => ({ ...row, ratio: ratioOf(row), reached: reaches(row) })),
  }));
  mkdirSync("bench-results", { recursive: true });
  const file = join("bench-results", `${at.replaceAll(":", "-").slice(0, 19)}.json`);
  writeFileSync(file, `${JSON.stringify({ at, quick, machine, results: judged }, null, 2)}\n`);
  return file;
}
