import { type Column, type SQL, sql } from "drizzle-orm";
import { PRIORITIES } from "./priority";

const RANKS = sql.raw(PRIORITIES.map((one, at) => `when '${one}' then ${at}`).join(" "));

type Columns = Record<"queueFront" | "priority" | "queuedAt" | "openedAt", Column>;

/**
 * SQL: where a ticket stands in its queue, as expressions of which each rises; of equals the smaller id is first. The index
 * has them, so that every query must ask in these words, and no value of them may be a parameter.
 */
export const queuePlace = (t: Columns): [SQL, SQL, SQL] => [
  sql`(case when ${t.queueFront} then 0 else 1 end)`,
  sql`(case ${t.priority} ${RANKS} end)`,
  sql`(coalesce(${t.queuedAt}, ${t.openedAt}))`,
];
