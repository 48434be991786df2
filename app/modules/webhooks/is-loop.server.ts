import { sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";

/** So many messages of one conversation in a minute and in an hour no members write by hand. */
const MOST_A_MINUTE = 200;
const MOST_AN_HOUR = 2_000;
/** Among so many of its newest messages they are counted, however long it is. */
const LOOKED_AT = 2 * MOST_AN_HOUR;
/** Every so many changes of a conversation it is looked at. */
const EVERY = 25;

type Delivered = { line: string; rev: number | null; at: Date };

/**
 * Whether a program seems to answer what it is told by writing what it is told again (TH9): members wrote more in this
 * conversation than hands can. What customers write counts for nothing, or they could switch an address off.
 */
export async function isLoop(tx: Tx, { line, rev, at }: Delivered): Promise<boolean> {
  if (rev === null || rev % EVERY !== 0) return false;
  const since = (span: string) =>
    sql`count(*) filter (where created_at > ${at.toISOString()}::timestamptz - ${span}::interval)::int`;
  const { rows } = await tx.execute<{ minute: number; hour: number }>(sql`
    select ${since("1 minute")} as minute, ${since("1 hour")} as hour
    from (select created_at, author_kind from message where conversation_id = ${line} order by seq desc limit ${LOOKED_AT}) newest
    where author_kind = 'member' and created_at <= ${at.toISOString()}::timestamptz`);
  const { minute = 0, hour = 0 } = rows[0] ?? {};
  return minute >= MOST_A_MINUTE || hour >= MOST_AN_HOUR;
}
