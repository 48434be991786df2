import { sql } from "drizzle-orm";
import { UNDONE_WITHIN_MS } from "~/modules/tickets";
import { asSystem, type Tx } from "~/platform/db.server";
import { tryLock } from "~/platform/postgres/advisory-lock.server";
import { recount } from "./recount.server";

const HOUR_MS = 3_600_000;
/** Changes looked through at once. */
const AT_ONCE = 50_000;
/** Hours of the past that are counted at once, and for how long a call goes on with them. */
const PAST_SPAN_MS = 24 * HOUR_MS;
const GO_ON_MS = 20_000;
const STATEMENT_TIMEOUT = "60s";

/** The rows of `report_cursor`: how far the change log was read, and up to which hour the past still waits. */
const LIVE = 1;
const PAST = 2;

const hourOf = (at: Date) => new Date(Math.floor(at.getTime() / HOUR_MS) * HOUR_MS);

async function cursorOf(tx: Tx, id: number): Promise<string | undefined> {
  const { rows } = await tx.execute<{ cursor: string }>(sql`select cursor from report_cursor where id = ${id}`);
  return rows[0]?.cursor;
}

const setCursor = (tx: Tx, id: number, cursor: string) =>
  tx.execute(sql`insert into report_cursor (id, cursor) values (${id}, ${cursor})
    on conflict (id) do update set cursor = excluded.cursor`);

/** Takes the lock of counting until the transaction ends; false where another process counts. */
async function mayCount(tx: Tx): Promise<boolean> {
  await tx.execute(sql`select set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true)`);
  return tryLock(tx, "reports");
}

/** Counts the past anew from an hour on: of what was written past the verbs, and of a database that knew no reports. */
export const recountFrom = (tx: Tx, from: Date) =>
  tx.execute(sql`insert into report_cursor (id, cursor) values (${PAST}, ${hourOf(from).toISOString()})
    on conflict (id) do update set cursor = least(report_cursor.cursor, excluded.cursor)`);

/**
 * Brings the reports' hours up to what happened: the hours that the change log names since the last time, with the one before
 * where a closing of it may have been taken back, are counted anew
 * as a whole, each organisation's own, so that they equal a count at any time; then, span by span, what waits of the past.
 * Safe to run in any number of processes and again.
 */
export async function rollUp(): Promise<void> {
  const until = Date.now() + GO_ON_MS;
  let more = true;
  while (more && Date.now() < until) more = await asSystem("count the hours that changed", countChanged);
  more = true;
  while (more && Date.now() < until) more = await asSystem("count the past", countPast);
}

async function countChanged(tx: Tx): Promise<boolean> {
  if (!(await mayCount(tx))) return false;
  const cursor = await cursorOf(tx, LIVE);
  if (cursor === undefined) {
    await begin(tx);
    return true;
  }
  const [xid, id] = cursor.split(".");
  const { rows } = await tx.execute<{ org_id: string; hour: Date; last: string; n: number }>(sql`
    with news as materialized (select c.xid, c.id, c.org_id, c.created_at from change c
      where (c.xid, c.id) > (${xid}::xid8, ${id}::bigint) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
      order by c.xid, c.id limit ${AT_ONCE})
    select org_id, date_trunc('hour', at, 'UTC') as hour,
      (select xid || '.' || id from news order by xid desc, id desc limit 1) as last, (select count(*)::int from news) as n
    from news cross join lateral (values (created_at), (created_at - ${`${UNDONE_WITHIN_MS} ms`}::interval)) t(at)
    group by 1, 2`);
  const [first] = rows;
  if (!first) return false;
  const hours = new Map<number, string[]>();
  for (const { org_id: orgId, hour } of rows) {
    const at = new Date(hour).getTime();
    if (orgId) hours.set(at, [...(hours.get(at) ?? []), orgId]);
  }
  for (const [at, orgIds] of hours) await recount(tx, { from: new Date(at), to: new Date(at + HOUR_MS), orgIds });
  await setCursor(tx, LIVE, first.last);
  return first.n === AT_ONCE;
}

/** From here on the change log tells; everything before is the past. */
async function begin(tx: Tx): Promise<void> {
  await tx.execute(sql`insert into report_cursor (id, cursor)
    values (${LIVE}, pg_snapshot_xmin(pg_current_snapshot())::text || '.0')`);
  const { rows } = await tx.execute<{ at: Date | null }>(sql`select min(created_at) as at from ticket_event`);
  if (rows[0]?.at) await recountFrom(tx, new Date(rows[0].at));
}

async function countPast(tx: Tx, now: Date): Promise<boolean> {
  if (!(await mayCount(tx))) return false;
  const waiting = await cursorOf(tx, PAST);
  if (waiting === undefined) return false;
  const from = new Date(waiting);
  const to = new Date(from.getTime() + PAST_SPAN_MS);
  await recount(tx, { from, to, orgIds: null });
  if (to > now) {
    await tx.execute(sql`delete from report_cursor where id = ${PAST} and cursor = ${waiting}`);
    return false;
  }
  // Unless an earlier hour was asked for meanwhile.
  await tx.execute(
    sql`update report_cursor set cursor = ${to.toISOString()} where id = ${PAST} and cursor = ${waiting}`,
  );
  return true;
}
