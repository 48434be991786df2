import { sql } from "drizzle-orm";
import { type AnyPgTable, getTableConfig } from "drizzle-orm/pg-core";
import type { Tx } from "../db.server";

/**
 * Moves one row of a table with `id` and `position` a place up (-1) or down (1) among `order`, the ids that stand in line
 * as they stand now, and numbers the line anew. The caller holds whatever keeps two from moving at once.
 * @returns its new place from 0; null where it stands at that end already, or is not in the line
 */
export async function moveInOrder(
  tx: Tx,
  table: AnyPgTable,
  order: readonly string[],
  { id, by }: { id: string; by: -1 | 1 },
): Promise<number | null> {
  const from = order.indexOf(id);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return null;
  const moved = [...order];
  moved.splice(to, 0, ...moved.splice(from, 1));
  const name = sql.identifier(getTableConfig(table).name);
  await tx.execute(sql`
    update ${name} set position = line.place - 1
    from unnest(${sql.param(moved)}::uuid[]) with ordinality as line(id, place)
    where ${name}.id = line.id and ${name}.position <> line.place - 1`);
  return to;
}
