import { type SQL, sql } from "drizzle-orm";
import { OWN_REASONS, UNDONE_WITHIN_MS } from "~/modules/tickets";
import type { Tx } from "~/platform/db.server";
import { STEP_ENDS } from "./duration-scale";
import type { Metric } from "./report";

/** A span of whole hours, and which organisations' (null: all). */
export type Span = { from: Date; to: Date; orgIds: readonly string[] | null };

/** Where a ticket stood at a time: after the last line of its history until then. */
const placeAt = (at: SQL, ticketId: SQL) => sql`
  cross join lateral (select l.area_id, l.assignee_id from ticket_event l
    where l.ticket_id = ${ticketId} and l.created_at <= ${at} order by l.created_at desc, l.id desc limit 1) p`;

const seconds = (from: SQL, to: SQL) => sql`greatest(0, extract(epoch from ${to} - ${from}))::bigint`;
const uuidOf = (text: SQL) => sql`nullif(${text}, '')::uuid`;

type Facts = { area: SQL; member: SQL; tag?: SQL; total?: SQL; from: SQL; where: SQL };

/** Each yields org_id, at, metric, area_id, member_id, channel_id, tag, total of what happened in the span. */
function facts(span: Span): SQL[] {
  const within = (at: SQL, org: SQL) =>
    sql`${at} >= ${span.from.toISOString()}::timestamptz and ${at} < ${span.to.toISOString()}::timestamptz
      and ${org} is not null ${span.orgIds ? sql`and ${org} = any(${sql.param(span.orgIds)}::uuid[])` : sql``}`;
  const events = (metric: Metric, { area, member, tag, total, from, where }: Partial<Facts>) => sql`
    select e.org_id, e.created_at as at, ${metric}::text as metric, ${area ?? sql`e.area_id`} as area_id,
      ${member ?? sql`e.assignee_id`} as member_id, t.channel_id, ${tag ?? sql`null::text`} as tag,
      ${total ?? sql`0::bigint`} as total
    from ticket_event e join ticket t on t.id = e.ticket_id ${from ?? sql``}
    where ${within(sql`e.created_at`, sql`e.org_id`)} and ${where ?? sql`true`}`;
  const messages = (metric: Metric, { member, total, from, where }: Partial<Facts>) => sql`
    select m.org_id, m.created_at as at, ${metric}::text as metric, p.area_id, ${member ?? sql`null::uuid`} as member_id,
      m.channel_id, null::text as tag, ${total ?? sql`0::bigint`} as total
    from message m ${from ?? sql``} ${placeAt(sql`m.created_at`, sql`m.ticket_id`)}
    where ${within(sql`m.created_at`, sql`m.org_id`)} and m.ticket_id is not null and m.visibility = 'public' and ${where ?? sql`true`}`;
  const closer = uuidOf(sql`e.before ->> 'assignee_id'`);
  const closed = sql`e.kind = 'closed' and not ${undone}`;
  const author = sql`case when m.author_kind = 'member' then m.author_id end`;
  return [
    events("opened", { where: sql`e.kind = 'opened'` }),
    events("opened_bot", { where: sql`e.kind = 'opened' and e.after ->> 'state' = 'bot'` }),
    events("reopened", { where: sql`e.kind = 'reopened' and e.reason is distinct from 'undone'` }),
    events("closed", { member: closer, where: closed }),
    events("resolution", { member: closer, total: seconds(sql`t.opened_at`, sql`e.created_at`), where: closed }),
    events("closed_bot", { where: sql`${closed} and e.before ->> 'state' = 'bot'` }),
    events("closed_tag", {
      member: closer,
      tag: sql`k.tag`,
      from: sql`cross join lateral jsonb_array_elements_text(coalesce(e.after -> 'tags', '[]')) k(tag)`,
      where: closed,
    }),
    events("closed_reason", {
      member: closer,
      tag: reason,
      from: sql`join organisation o on o.id = e.org_id`,
      where: sql`${closed} and e.reason is not null`,
    }),
    events("handed_over", { tag: sql`e.reason`, where: sql`e.kind = 'handed_over'` }),
    messages("received", { where: sql`m.author_kind = 'contact'` }),
    messages("sent", { member: author, where: sql`m.author_kind in ('member', 'device')` }),
    messages("sent_bot", { where: sql`m.author_kind = 'bot'` }),
    messages("first_reply", {
      member: author,
      total: seconds(sql`w.since`, sql`m.created_at`),
      from: firstReply,
      where: sql`m.author_kind in ('member', 'device')`,
    }),
    messages("waited", {
      member: author,
      total: seconds(sql`w.since`, sql`m.created_at`),
      from: wait,
      where: sql`m.author_kind in ('member', 'device') and w.since is not null`,
    }),
    rated(within),
  ];
}

/** A closing that who did it took back at once counts as none. */
const undone = sql`exists (select from ticket_event u where u.ticket_id = e.ticket_id and u.id > e.id and u.reason = 'undone'
  and u.kind = 'reopened' and u.created_at <= e.created_at + ${`${UNDONE_WITHIN_MS} ms`}::interval)`;

/** The organisation's reasons and the product's; what else a person wrote may name somebody, and is one of many. */
const reason = sql`case when e.reason = any(${sql.param(OWN_REASONS)}::text[]) or o.closing_reasons ? e.reason
  then e.reason else 'other' end`;

/**
 * The reply that was a ticket's first by a person, and since when people were asked for it: the handing over by the bot,
 * else the opening. What an agent began has none.
 */
const firstReply = sql`
  join ticket t on t.id = m.ticket_id and t.first_reply_at = m.created_at
  cross join lateral (select coalesce((select max(h.created_at) from ticket_event h
      where h.ticket_id = t.id and h.kind = 'handed_over' and h.reason not in ('taken', 'human_reply')
        and h.created_at <= m.created_at), t.opened_at) as since
    where exists (select from message c where c.conversation_id = m.conversation_id and c.seq < m.seq and c.seq >= t.first_seq
        and c.author_kind = 'contact')
      and not exists (select from message b where b.conversation_id = m.conversation_id and b.seq < m.seq
        and b.ticket_id = t.id and b.created_at = m.created_at and b.visibility = 'public'
        and b.author_kind in ('member', 'device'))) w`;

/** Since when the customer had waited for a reply: their first message that nobody had answered. */
const wait = sql`
  cross join lateral (select min(c.created_at) as since from message c
    where c.conversation_id = m.conversation_id and c.ticket_id = m.ticket_id and c.author_kind = 'contact' and c.seq < m.seq
      and c.seq > coalesce((select max(b.seq) from message b where b.conversation_id = m.conversation_id and b.seq < m.seq
        and b.visibility = 'public' and b.author_kind in ('member', 'device')), 0)) w`;

const rated = (within: (at: SQL, org: SQL) => SQL) => sql`
  select t.org_id, t.rated_at as at, 'rated'::text as metric, l.area_id,
    ${uuidOf(sql`l.before ->> 'assignee_id'`)} as member_id, t.channel_id, null::text as tag, t.rating::bigint as total
  from ticket t cross join lateral (select e.area_id, e.before from ticket_event e
    where e.ticket_id = t.id and e.kind = 'closed' and e.created_at <= t.rated_at order by e.created_at desc, e.id desc limit 1) l
  where ${within(sql`t.rated_at`, sql`t.org_id`)}`;

/** How many fell into each step of the scale; a rating's steps are its five values. */
const STEPS = sql.join(
  [...STEP_ENDS.keys(), STEP_ENDS.length].map((place) => sql`count(*) filter (where step = ${sql.raw(String(place))})`),
  sql`, `,
);

/** Counts the hours of a span anew from what happened in them, in place of what stood there. */
export async function recount(tx: Tx, span: Span): Promise<void> {
  const { from, to, orgIds } = span;
  await tx.execute(sql`delete from report_hour where hour >= ${from.toISOString()}::timestamptz
    and hour < ${to.toISOString()}::timestamptz
    ${orgIds ? sql`and org_id = any(${sql.param(orgIds)}::uuid[])` : sql``}`);
  await tx.execute(sql`
    insert into report_hour (org_id, hour, metric, area_id, member_id, channel_id, tag, count, total, steps)
    select org_id, date_trunc('hour', at, 'UTC'), metric, area_id, member_id, channel_id, tag, count(*), sum(total),
      case when metric in ('resolution', 'first_reply', 'waited', 'rated') then array[${STEPS}]::int[] else '{}' end
    from (select f.*, case when metric = 'rated' then total - 1
        else width_bucket(total - 1, array[${sql.raw(STEP_ENDS.join())}]::bigint[]) end as step
      from (${sql.join(facts(span), sql` union all `)}) f) f
    group by 1, 2, 3, 4, 5, 6, 7`);
}
