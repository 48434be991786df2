import { sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";

/** So many messages of one conversation in a minute and in an hour no members write by hand. */
const MOST_A_MINUTE = 200;
const MOST_AN_HOUR = 2_000;
/** Every so many changes of a conversation it is looked at. */
const EVERY = 25;

type Delivered = { line: string; rev: number | null; at: Date };

/**
 * Whether a program seems to answer what it is told by writing what it is told again (TH9): members wrote more in this
 * conversation than hands can. What customers write counts for nothing, or they could switch an address off.
 */
export async function isLoop(tx: Tx, { line, rev, at }: Delivered): Promise<boolean> {
  if (rev === null || rev % EVERY !== 0) return false;
  const { rows } = await tx.execute<{ minute: number; hour: number }>(sql`
    select count(*) filter (where created_at > ${at.toISOString()}::timestamptz - interval '1 minute')::int as minute,
      count(*) filter (where created_at > ${at.toISOString()}::timestamptz - interval '1 hour')::int as hour
    from (select created_at from message where conversation_id = ${line} and author_kind = 'member'
      and created_at <= ${at.toISOString()}::timestamptz order by seq desc limit ${MOST_AN_HOUR}) written`);
  const { minute = 0, hour = 0 } = rows[0] ?? {};
  return minute >= MOST_A_MINUTE || hour >= MOST_AN_HOUR;
}
