import { sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { invalid } from "~/platform/errors";

/** The first place of the feed. */
export const FEED_START = "0.0";
const CURSOR = /^(\d{1,20})\.(\d{1,19})$/;

export function parseCursor(cursor: string): { xid: string; id: string } {
  const [, xid, id] = CURSOR.exec(cursor) ?? [];
  if (!xid || !id) throw invalid("cursor_invalid");
  return { xid, id };
}

/**
 * The place up to which the feed is complete now: every transaction below the snapshot's horizon has ended, so that
 * nothing can still appear before it.
 */
export async function currentCursor(tx: Tx): Promise<string> {
  const { rows } = await tx.execute<{ xmin: string }>(
    sql`select pg_snapshot_xmin(pg_current_snapshot())::text as xmin`,
  );
  return `${rows[0]?.xmin ?? 0}.0`;
}

export type MovedConversation = {
  conversationId: string;
  orgId: string | null;
  rev: number | null;
  publicRev: number | null;
};

/**
 * Which conversations changed after a place of the feed, each with its highest numbers, and the place reached. Reads
 * only what is complete; one query, whatever the number of conversations.
 */
export async function movedSince(
  tx: Tx,
  cursor: string,
  limit = 5_000,
): Promise<{ cursor: string; moved: MovedConversation[] }> {
  const { xid, id } = parseCursor(cursor);
  const { rows } = await tx.execute<{
    conversation_id: string;
    org_id: string | null;
    rev: number | null;
    public_rev: number | null;
    last_xid: string;
    last_id: string;
  }>(sql`
    with page as (
      select conversation_id, org_id, rev, public_rev, xid, id from change
      where (xid, id) > (${xid}::text::xid8, ${id}::bigint) and xid < pg_snapshot_xmin(pg_current_snapshot())
      order by xid, id limit ${limit}
    ), place as (select xid::text as last_xid, id::text as last_id from page order by xid desc, id desc limit 1)
    select conversation_id, org_id, max(rev) as rev, max(public_rev) as public_rev,
      (select last_xid from place) as last_xid, (select last_id from place) as last_id
    from page group by conversation_id, org_id`);
  const first = rows[0];
  return {
    cursor: first ? `${first.last_xid}.${first.last_id}` : cursor,
    moved: rows.map((row) => ({
      conversationId: row.conversation_id,
      orgId: row.org_id,
      rev: row.rev,
      publicRev: row.public_rev,
    })),
  };
}
