import { eq, isNull, sql } from "drizzle-orm";
import { currentCursor, parseCursor } from "~/modules/tickets/index.server";
import { asSystem, type Tx } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import { tryLock } from "~/platform/postgres/advisory-lock.server";
import { schema } from "~db/index.server";
import { deliverWebhook, jobKey } from "./deliver-webhook.server";

const { webhook } = schema;

/** The most changes of an organisation that one round reads for a webhook. */
const AT_ONCE = 500;
/** So many transactions of anybody's may be read again by who waits for news. */
const STEP = 1_000n;
/** How long the log keeps what was sent or given up. */
const KEPT = sql`interval '7 days'`;

type News = { xid: string; id: string; kind: string; rev: number | null; ticket_id: string; line: string; at: string };

/**
 * Puts in line what happened since a webhook was looked at last: read from the change log, where nothing is missed and
 * nothing comes twice (decision 004), so that who writes waits for nothing. One process at a time.
 */
export async function collectEvents(): Promise<void> {
  await asSystem("what webhooks are to be told", async (tx, now) => {
    if (!(await tryLock(tx, "webhooks"))) return;
    const on = await tx.select().from(webhook).where(isNull(webhook.disabledAt));
    if (on.length === 0) return;
    const horizon = await currentCursor(tx);
    for (const one of on) await collect(tx, one, horizon, now);
  });
}

type Row = typeof webhook.$inferSelect;

async function collect(tx: Tx, { id, orgId, cursor, events }: Row, horizon: string, now: Date): Promise<void> {
  const news = await newsSince(tx, orgId, cursor, horizon);
  const due = news.filter(({ kind }) => events.includes(kind));
  const rows = due.map((one) => ({
    ...{ id: newId(), orgId, webhookId: id, event: one.kind, ticketId: one.ticket_id, line: one.line, createdAt: now },
    ...{ rev: one.kind.startsWith("message.") ? one.rev : null, at: new Date(one.at), nextAt: now },
  }));
  if (rows.length > 0) await tx.insert(schema.webhookDelivery).values(rows);
  for (const line of new Set(due.map((one) => one.line))) {
    const payload = { orgId, webhookId: id, line };
    await enqueue(tx, deliverWebhook, payload, { key: jobKey(payload) });
  }
  const reached = placeReached(news, cursor, horizon);
  if (reached !== cursor) await tx.update(webhook).set({ cursor: reached }).where(eq(webhook.id, id));
}

/** What is surely read: to the last of a full page, else to the horizon, which is not written down for each little step. */
function placeReached(news: readonly News[], cursor: string, horizon: string): string {
  const last = news.at(-1);
  if (last && news.length === AT_ONCE) return `${last.xid}.${last.id}`;
  const step = BigInt(parseCursor(horizon).xid) - BigInt(parseCursor(cursor).xid);
  return last || step > STEP ? horizon : cursor;
}

async function newsSince(tx: Tx, orgId: string, cursor: string, horizon: string): Promise<News[]> {
  const from = parseCursor(cursor);
  const { rows } = await tx.execute<News>(sql`
    select c.xid::text, c.id::text, c.kind, c.rev, c.conversation_id as line, c.created_at as at, t.id as ticket_id
    from change c
    join conversation o on o.id = c.conversation_id and o.kind = 'customer'
    join lateral (select coalesce(c.ticket_id, (select id from ticket where conversation_id = c.conversation_id
      order by opened_at desc, id desc limit 1)) as id) t on t.id is not null
    where c.org_id = ${orgId} and (c.xid, c.id) > (${from.xid}::text::xid8, ${from.id}::bigint)
      and c.xid < ${parseCursor(horizon).xid}::text::xid8
    order by c.xid, c.id limit ${AT_ONCE}`);
  return rows;
}

/** Wakes lines whose job was lost, and lets go of what the log need not tell any more. */
export async function tidyDeliveries(): Promise<void> {
  await asSystem("sweep", async (tx) => {
    const { rows } = await tx.execute<{ orgId: string; webhookId: string; line: string }>(sql`
      select distinct d.org_id as "orgId", d.webhook_id as "webhookId", d.line from webhook_delivery d
      join webhook w on w.id = d.webhook_id and w.disabled_at is null
      where d.state = 'waiting' and d.next_at < now() - interval '1 minute'
        and (d.leased_until is null or d.leased_until < now()) limit 500`);
    for (const line of rows) await enqueue(tx, deliverWebhook, line, { key: jobKey(line) });
    await tx.execute(sql`delete from webhook_delivery where id in (
      select id from webhook_delivery where state <> 'waiting' and done_at < now() - ${KEPT} limit 10000)`);
  });
}
