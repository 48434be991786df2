import { execFileSync } from "node:child_process";
import { chmodSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Names the run's filled data folder to the processes that run test files: see filled-data.ts. */
export const FILLED = "GUAZU_TEST_FILLED_DATA";

/** A data folder of one's own; PostgreSQL, which is another user when we are root, must get through. */
export function temporaryDataDir(): string {
  const folder = mkdtempSync(join(tmpdir(), "guazu-product-"));
  chmodSync(folder, 0o711);
  return join(folder, "data");
}

/**
 * The same, a copy of the run's filled one where there is one. A product with a database or a key of its own, or without
 * the demo, begins empty.
 */
export function newDataDir(env: Record<string, string>): string {
  const dataDir = temporaryDataDir();
  const filled = process.env[FILLED];
  const ordinary = !("DATABASE_URL" in env || "SECRET_KEY" in env || "DEMO" in env);
  if (filled && ordinary) execFileSync("cp", ["-a", filled, dataDir]);
  return dataDir;
}
