import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { migrateJobs } from "../../app/platform/jobs/index.server";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { migrateDatabase } from "../../db/index.server";
import { runQuery, withDatabase } from "./postgres-query";

const TEMPLATE = "guazu_template";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's server, and the migrated database that each test file's own is a copy of. */
    postgres: { url: string; template: string };
  }
}

/** One PostgreSQL for the whole run, in a temporary folder, with one migrated database to copy; all gone at the end. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), "guazu-test-postgres-"));
  // When the tests run as root, PostgreSQL runs as another account and must get through.
  chmodSync(folder, 0o711);
  const server = await startEmbeddedPostgres(folder, { durable: false });
  const tearDown = async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await runQuery(server.url, `CREATE DATABASE ${TEMPLATE}`);
    await migrateDatabase(withDatabase(server.url, TEMPLATE), { after: migrateJobs });
  } catch (error) {
    await tearDown();
    throw error;
  }
  project.provide("postgres", { url: server.url, template: TEMPLATE });
  return tearDown;
}
