import { sql } from "drizzle-orm";
import type { Tx } from "../db.server";
import { type Lane, laneOf } from "./lanes";
import { wakeWorkersSoon } from "./wake-workers.server";

/** A job whose last attempt failed. It stays for 30 days, unless it is retried. */
export type DeadJob = { id: string; lane: Lane; task: string; error: string; attempts: number; failed_at: string };

type Row = { id: string; priority: number; task: string; error: string; attempts: number; failed_at: string | Date };

const toDeadJob = ({ priority, failed_at, ...row }: Row): DeadJob => ({
  id: row.id,
  lane: laneOf(priority),
  task: row.task,
  error: row.error,
  attempts: row.attempts,
  failed_at: new Date(failed_at).toISOString(),
});

/** The newest dead letters first, of all organisations: only within `asSystem`. */
export async function listDead(tx: Tx, limit = 1_000): Promise<DeadJob[]> {
  const result = await tx.execute(sql`select * from job.list_dead(${limit})`);
  return (result.rows as Row[]).map(toDeadJob);
}

/** A page of them from a place on, each with what it was about: only within `asSystem`. */
export async function pageOfDead(tx: Tx, limit: number, offset: number): Promise<(DeadJob & { payload: unknown })[]> {
  const { rows } = await tx.execute<Row & { payload: unknown }>(sql`select * from job.dead_page(${limit}, ${offset})`);
  return rows.map((row) => ({ ...toDeadJob(row), payload: row.payload }));
}

/** Gives dead letters all their attempts again, at once after the commit: how many. Only within `asSystem`. */
export async function retryDead(tx: Tx, ids: readonly string[] | "all"): Promise<number> {
  const chosen = ids === "all" ? null : sql.param(`{${ids.map((id) => BigInt(id)).join(",")}}`);
  const result = await tx.execute(sql`select job.retry_dead(${chosen}::bigint[]) as count`);
  wakeWorkersSoon();
  return (result.rows[0] as { count: number }).count;
}
