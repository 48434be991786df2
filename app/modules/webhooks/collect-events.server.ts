import { isNull, sql } from "drizzle-orm";
import { currentCursor, parseCursor } from "~/modules/tickets/index.server";
import { asSystem, type Tx } from "~/platform/db.server";
import { newId } from "~/platform/ids";
import { enqueue } from "~/platform/jobs/index.server";
import { tryLock } from "~/platform/postgres/advisory-lock.server";
import { schema } from "~db/index.server";
import { deliverWebhook, jobKey } from "./deliver-webhook.server";

const { webhook } = schema;

/** The most changes of an organisation that one round reads for its webhooks. */
const AT_ONCE = 500;
/** So many transactions of anybody's may be read again by who waits for news. */
const STEP = 1_000n;
/** So many places in the log are read from at once, and so many rows written. */
const PLACES = 50;
const ROWS = 1_000;
/** How long the log keeps what was sent or given up. */
const KEPT = sql`interval '7 days'`;

type News = {
  place: number;
  xid: string;
  id: string;
  kind: string;
  rev: number | null;
  ticket_id: string;
  line: string;
  at: string;
};

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
    // Several webhooks of one organisation mostly stand at one place, which is read once.
    const places = new Map<string, Row[]>();
    for (const one of on) {
      const place = `${one.orgId} ${one.cursor}`;
      places.set(place, [...(places.get(place) ?? []), one]);
    }
    for (const some of chunked([...places.values()], PLACES)) await collect(tx, some, horizon, now);
  });
}

type Row = typeof webhook.$inferSelect;

/** Webhooks by the place at which they stand. */
async function collect(tx: Tx, places: readonly Row[][], horizon: string, now: Date): Promise<void> {
  const news = await newsSince(
    tx,
    places.flatMap(([one]) => one ?? []),
    horizon,
  );
  const told = places.flatMap((standing, at) => {
    const here = news.filter(({ place }) => place === at + 1);
    return standing.map((one) => ({ ...one, here, due: here.filter(({ kind }) => one.events.includes(kind)) }));
  });
  const rows = told.flatMap(({ id, orgId, due }) =>
    due.map((one) => ({
      ...{
        id: newId(),
        orgId,
        webhookId: id,
        event: one.kind,
        ticketId: one.ticket_id,
        line: one.line,
        createdAt: now,
      },
      ...{ rev: one.kind.startsWith("message.") ? one.rev : null, at: new Date(one.at), nextAt: now },
    })),
  );
  for (const some of chunked(rows, ROWS)) await tx.insert(schema.webhookDelivery).values(some);
  for (const { id: webhookId, orgId, due } of told) {
    for (const line of new Set(due.map((one) => one.line))) {
      const payload = { orgId, webhookId, line };
      await enqueue(tx, deliverWebhook, payload, { key: jobKey(payload) });
    }
  }
  const moved = told
    .map(({ id, cursor, here }) => ({ id, cursor, reached: placeReached(here, cursor, horizon) }))
    .filter(({ cursor, reached }) => reached !== cursor);
  if (moved.length === 0) return;
  const [ids, reached] = [moved.map(({ id }) => id), moved.map((one) => one.reached)];
  await tx.execute(sql`update webhook set cursor = moved.cursor
    from unnest(${sql.param(ids)}::uuid[], ${sql.param(reached)}::text[]) as moved(id, cursor) where webhook.id = moved.id`);
}

function chunked<T>(all: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));
}

/** What is surely read: to the last of a full page, else to the horizon, which is not written down for each little step. */
function placeReached(news: readonly News[], cursor: string, horizon: string): string {
  const last = news.at(-1);
  if (last && news.length === AT_ONCE) return `${last.xid}.${last.id}`;
  const step = BigInt(parseCursor(horizon).xid) - BigInt(parseCursor(cursor).xid);
  return last || step > STEP ? horizon : cursor;
}

/** What happened behind each of these places, whose numbers begin with 1; each is read for itself from its own index's place. */
async function newsSince(tx: Tx, places: readonly Row[], horizon: string): Promise<News[]> {
  const from = places.map(({ orgId, cursor }) => ({ orgId, ...parseCursor(cursor) }));
  const list = (of: (one: (typeof from)[number]) => string) => sql.param(from.map((one) => String(of(one))));
  const { rows } = await tx.execute<News>(sql`
    select asked.place::int, news.* from unnest(${list((one) => one.orgId)}::uuid[], ${list((one) => one.xid)}::text[],
      ${list((one) => one.id)}::bigint[]) with ordinality asked(org, xid, id, place)
    cross join lateral (
      select c.xid::text, c.id::text, c.kind, c.rev, c.conversation_id as line, c.created_at as at, t.id as ticket_id
      from change c
      join conversation o on o.id = c.conversation_id and o.kind = 'customer'
      join lateral (select coalesce(c.ticket_id, (select id from ticket where conversation_id = c.conversation_id
        order by opened_at desc, id desc limit 1)) as id) t on t.id is not null
      where c.org_id = asked.org and (c.xid, c.id) > (asked.xid::xid8, asked.id)
        and c.xid < ${parseCursor(horizon).xid}::text::xid8
      order by c.xid, c.id limit ${AT_ONCE}) news
    order by asked.place, news.xid::xid8, news.id::bigint`);
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
