import type { SQL } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";

/** What a query finds, whoever's it is. */
export const rows = async <Row extends Record<string, unknown>>(query: SQL) =>
  (await asSystem("test", (tx) => tx.execute<Row>(query))).rows;
