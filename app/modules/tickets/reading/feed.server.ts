import { sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";
import { invalid } from "~/platform/errors";

/** Digits that surely fit an xid8 and a bigint. */
const CURSOR = /^(\d{1,19})\.(\d{1,18})$/;

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

/** One change of a ticket, with where the ticket stands now. */
export type MovedTicket = { orgId: string; areaId: string; assigneeId: string | null; cursor: string };

export type Moved = { cursor: string; conversations: MovedConversation[]; tickets: MovedTicket[] };

type ChangeRow = {
  xid: string;
  id: string;
  conversation_id: string;
  org_id: string | null;
  rev: number | null;
  public_rev: number | null;
  area_id: string | null;
  assignee_id: string | null;
};

/**
 * What changed after a place of the feed: conversations with their highest numbers, every change of a ticket, and the
 * place reached. Reads only what is complete; one query, whatever the number of changes.
 */
export async function movedSince(tx: Tx, cursor: string, limit = 5_000): Promise<Moved> {
  const from = parseCursor(cursor);
  const { rows } = await tx.execute<ChangeRow>(sql`
    select c.xid::text, c.id::text, c.conversation_id, c.org_id, c.rev, c.public_rev, t.area_id, t.assignee_id
    from change c left join ticket t on t.id = c.ticket_id
    where (c.xid, c.id) > (${from.xid}::text::xid8, ${from.id}::bigint) and c.xid < pg_snapshot_xmin(pg_current_snapshot())
    order by c.xid, c.id limit ${limit}`);
  const last = rows.at(-1);
  return {
    cursor: last ? `${last.xid}.${last.id}` : cursor,
    conversations: highestOf(rows),
    tickets: rows.flatMap((row) =>
      row.area_id && row.org_id
        ? [{ orgId: row.org_id, areaId: row.area_id, assigneeId: row.assignee_id, cursor: `${row.xid}.${row.id}` }]
        : [],
    ),
  };
}

const higher = (a: number | null, b: number | null) => (a === null || (b !== null && b > a) ? b : a);

function highestOf(rows: readonly ChangeRow[]): MovedConversation[] {
  const found = new Map<string, MovedConversation>();
  for (const row of rows) {
    const known = found.get(row.conversation_id);
    found.set(row.conversation_id, {
      conversationId: row.conversation_id,
      orgId: row.org_id,
      rev: higher(known?.rev ?? null, row.rev),
      publicRev: higher(known?.publicRev ?? null, row.public_rev),
    });
  }
  return [...found.values()];
}
