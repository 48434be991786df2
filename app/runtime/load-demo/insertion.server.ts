import { type SQL, sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";

const TEXTS = [
  "Hola, ¿tienen taladros percutores?",
  "Sí, de 13 mm, con dos baterías.",
  "¿Hacen envíos a Posadas?",
  "Hacemos envíos a toda la provincia.",
  "Necesito una factura de la compra de ayer.",
  "Te la mandamos por correo.",
  "La amoladora llegó con el disco roto.",
  "Pasá por el mostrador y te lo cambiamos.",
  "¿Hasta qué hora abren los sábados?",
  "De 8 a 13. Gracias por escribirnos.",
];

export type Area = { id: string; memberId: string | null; memberName: string | null };

/** A UUID of version 7: in order of time, and the same whenever it is made of the same words. */
const idOf = (at: SQL, words: SQL) => sql`
  (lpad(to_hex((extract(epoch from ${at}) * 1000)::bigint), 12, '0') || '7' || substr(md5(${words}), 1, 3)
    || '8' || substr(md5(${words}), 4, 15))::uuid`;

/** A new one of that time: what comes together lies together in every index. */
const newIdAt = (at: SQL) => idOf(at, sql`random()::text`);

/** Where customers may come in, and who may answer; null where there is no web channel or no area. */
export async function areasOf(tx: Tx, orgId: string): Promise<{ areas: Area[]; channelId: string } | null> {
  const { rows } = await tx.execute<Area>(sql`
    select distinct on (a.id) a.id, m.id as "memberId", c.name as "memberName"
    from area a
    left join area_member am on am.area_id = a.id
    left join member m on m.id = am.member_id and m.removed_at is null
    left join account c on c.id = m.account_id
    where a.org_id = ${orgId} and a.archived_at is null
    order by a.id, m.created_at`);
  const channel = await tx.execute<{ id: string }>(sql`
    select id from channel where org_id = ${orgId} and kind = 'web' and disabled_at is null order by created_at limit 1`);
  const [door] = channel.rows;
  return door && rows.length > 0 ? { areas: rows, channelId: door.id } : null;
}

export type Part = {
  orgId: string;
  channelId: string;
  areas: Area[];
  /** The number before the first ticket's. */
  first: number;
  from: number;
  count: number;
  tickets: number;
  messages: number;
};

/** One statement that writes a stretch of customers with all that is theirs. */
export function insertion({ orgId, channelId, areas, first, from, count, tickets, messages }: Part): SQL {
  const list = (values: (string | null)[], type: string) =>
    sql`array[${sql.join(
      values.map((value) => sql`${value}`),
      sql`, `,
    )}]::${sql.raw(type)}[]`;
  const at = sql`f.opened + make_interval(mins => m.seq - 1)`;
  return sql`
    with fresh as materialized (
      select n, ${newIdAt(sql`o.opened`)} as contact_id, ${newIdAt(sql`o.opened`)} as identity_id,
        ${newIdAt(sql`o.opened`)} as conversation_id, ${newIdAt(sql`o.opened`)} as ticket_id, o.opened, s.size, s.size - 1 as minutes,
        case n % 10 when 0 then 'queue' when 1 then 'taken' else 'closed' end as stand,
        a.area_id, a.member_id, a.member_name
      from generate_series(${from}::int, ${from + count - 1}::int) n
      cross join lateral (select now() - interval '365 days' * (${tickets}::int - n) / ${tickets}::int as opened) o
      cross join lateral (select ${Math.floor(messages / tickets)}::int + (n < ${messages % tickets})::int as size) s
      join unnest(${list(
        areas.map(({ id }) => id),
        "uuid",
      )}, ${list(
        areas.map(({ memberId }) => memberId),
        "uuid",
      )}, ${list(
        areas.map(({ memberName }) => memberName),
        "text",
      )}) with ordinality a(area_id, member_id, member_name, place) on a.place = n / 10 % ${areas.length} + 1
    ), contacts as (
      insert into contact (id, org_id, name, created_at)
      select contact_id, ${orgId}, 'Cliente ' || n + 1, opened from fresh
    ), identities as (
      insert into identity (id, org_id, contact_id, channel_id, created_at)
      select identity_id, ${orgId}, contact_id, ${channelId}, opened from fresh
    ), addresses as (
      insert into identity_address (org_id, channel_id, identity_id, kind, key, raw)
      select ${orgId}, ${channelId}, identity_id, 'visitor', identity_id, identity_id from fresh
    ), said as materialized (
      select f.conversation_id, f.ticket_id, f.n, m.seq, ${at} as at,
        ${idOf(at, sql`f.conversation_id::text || m.seq`)} as id,
        m.seq % 2 = 1 or f.member_id is null as by_customer, f.contact_id, f.member_id, f.member_name
      from fresh f cross join lateral generate_series(1, f.size) m(seq)
    ), conversations as (
      insert into conversation (id, org_id, kind, channel_id, identity_id, last_seq, last_message_at, last_message_id,
        last_public_message_id, last_inbound_at, created_at)
      select f.conversation_id, ${orgId}, 'customer', ${channelId}, f.identity_id, f.size, s.at, s.id, s.id, s.at, f.opened
      from fresh f join said s on s.conversation_id = f.conversation_id and s.seq = f.size
    ), tickets as (
      insert into ticket (id, org_id, number, conversation_id, contact_id, channel_id, area_id, assignee_id, state, waiting_on,
        waiting_since, queued_at, assigned_at, first_seq, last_seq, opened_at, first_reply_at, closed_at, close_reason,
        last_activity_at, created_at)
      select f.ticket_id, ${orgId}, ${first}::int + f.n - ${from}::int + 1, f.conversation_id, f.contact_id, ${channelId}, f.area_id,
        case when stand = 'taken' then f.member_id end,
        case when stand = 'closed' then 'closed' else 'open' end,
        case when stand = 'closed' then 'none' when s.by_customer then 'agent' else 'customer' end,
        case when stand <> 'closed' then s.at end,
        case when stand = 'queue' or (stand = 'taken' and f.member_id is null) then s.at end,
        case when stand = 'taken' and f.member_id is not null then f.opened end, 1, case when stand = 'closed' then f.size end, f.opened,
        case when f.size > 1 and f.member_id is not null then f.opened + interval '1 minute' end,
        case when stand = 'closed' then s.at end, case when stand = 'closed' then 'solved' end, s.at, f.opened
      from fresh f join said s on s.conversation_id = f.conversation_id and s.seq = f.size
    ), lines as (
      insert into ticket_event (id, org_id, ticket_id, conversation_id, after_seq, kind, actor_kind, actor_name, area_id,
        assignee_id, before, after, reason, created_at)
      select ${idOf(sql`f.opened`, sql`f.ticket_id::text`)}, ${orgId}::uuid, ticket_id, conversation_id, 0, 'opened', 'customer',
        'Cliente ' || n + 1, area_id, null::uuid, null::jsonb, '{"state": "open"}'::jsonb, null, opened from fresh f
      union all
      select ${idOf(sql`s.at`, sql`f.ticket_id::text || 'closed'`)}, ${orgId}, f.ticket_id, f.conversation_id, f.size, 'closed',
        'member', coalesce(f.member_name, ''), area_id, null,
        jsonb_build_object('state', 'open', 'assignee_id', f.member_id), '{"state": "closed", "tags": []}', 'solved', s.at
      from fresh f join said s on s.conversation_id = f.conversation_id and s.seq = f.size where stand = 'closed'
    )
    insert into message (id, conversation_id, org_id, channel_id, ticket_id, seq, author_kind, author_id, author_name, client_id,
      kind, text, sent_at, created_at)
    select id, conversation_id, ${orgId}, ${channelId}, ticket_id, seq, case when by_customer then 'contact' else 'member' end,
      case when by_customer then contact_id else member_id end, case when by_customer then 'Cliente ' || n + 1 else member_name end,
      id, 'text', (${list(TEXTS, "text")})[(n + seq - 1) % ${TEXTS.length} + 1], at, at
    from said`;
}
