import { randomBytes } from "node:crypto";
import { inject } from "vitest";
import { runQuery, withDatabase } from "./postgres-query";

/** A migrated, empty database of one's own: a copy of the run's template. For the `db` suite. */
export async function testDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const { url, template } = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  await runQuery(url, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  return {
    url: withDatabase(url, name),
    async drop() {
      await runQuery(url, `DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
}
