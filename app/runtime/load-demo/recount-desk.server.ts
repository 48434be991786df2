import { type SQL, sql } from "drizzle-orm";
import { asSystem } from "~/platform/db.server";

/** Conversations looked at in one statement. */
const AT_ONCE = 20_000;
/** Before every id. */
const START = "00000000-0000-0000-0000-000000000000";

/** Rows that do not equal their recount, by what is wrong with them; empty when all do. */
export type Difference = { what: string; rows: number; example: string };
export type Recount = { conversations: number; messages: number; tickets: number; differences: Difference[] };

/** What each conversation keeps beside its messages and its changes; true where it is not what they say. */
const CONVERSATION_CHECKS = {
  seq: sql`c.last_seq <> m.n or m.n > 0 and (m.first, m.last) is distinct from (1, c.last_seq)`,
  last_message: sql`(l.seq, l.created_at) is distinct from (m.last, c.last_message_at) or p.seq is distinct from m.last_public`,
  // What is older than the log is kept has its number and no row.
  rev: sql`g.n > 0 and (g.last is distinct from c.rev or g.n <> g.last - g.first + 1)
    or g.public_n > 0 and (g.last_public is distinct from c.public_rev or g.public_n <> g.last_public - g.first_public + 1)`,
  unread: sql`exists (select from read_mark r where r.conversation_id = c.id and r.seq > c.last_seq)`,
} satisfies Record<string, SQL>;

const TICKET_CHECKS = {
  ticket_number: sql`t.number not between 1 and (select last from ticket_number o where o.org_id = t.org_id)`,
  queue: sql`(t.state = 'open' and t.assignee_id is null) <> (t.queued_at is not null)`,
  assigned: sql`(t.assignee_id is null) <> (t.assigned_at is null)`,
} satisfies Record<string, SQL>;

const columns = (checks: Record<string, SQL>, id: SQL) =>
  sql.join(
    Object.entries(checks).flatMap(([what, wrong]) => [
      sql`(count(*) filter (where ${wrong}))::int as ${sql.identifier(what)}`,
      sql`(array_agg(${id}) filter (where ${wrong}))[1] as ${sql.identifier(`${what}_example`)}`,
    ]),
    sql`, `,
  );

type Row = Record<string, number | string | null>;

function differencesIn(checks: Record<string, SQL>, row: Row | undefined): Difference[] {
  return Object.keys(checks).flatMap((what) => {
    const rows = Number(row?.[what] ?? 0);
    return rows > 0 ? [{ what, rows, example: String(row?.[`${what}_example`]) }] : [];
  });
}

const ask = async (query: SQL) => (await asSystem("recount a desk", (tx) => tx.execute<Row>(query))).rows;

const conversationsAfter = (orgId: string, after: string) => sql`
  with c as materialized (select * from conversation where org_id = ${orgId} and id > ${after}::uuid order by id limit ${AT_ONCE})
  select count(*)::int as conversations, coalesce(sum(m.n), 0)::int as messages,
    (select id from c order by id desc limit 1) as last, ${columns(CONVERSATION_CHECKS, sql`c.id`)}
  from c
  cross join lateral (select count(*)::int as n, min(seq) as first, max(seq) as last,
    max(seq) filter (where visibility = 'public') as last_public from message where conversation_id = c.id) m
  cross join lateral (select count(rev)::int as n, min(rev) as first, max(rev) as last, count(public_rev)::int as public_n,
    min(public_rev) as first_public, max(public_rev) as last_public from change where conversation_id = c.id) g
  left join message l on l.id = c.last_message_id
  left join message p on p.id = c.last_public_message_id`;

/** The sums of what the triggers noted beside a count of the tickets themselves. */
const countsOf = (orgId: string) => sql`
  with place as (select area_id, assignee_id, state, waiting_on, snoozed, sum(n) as n from ticket_count
      where org_id = ${orgId} group by 1, 2, 3, 4, 5 having sum(n) <> 0),
    real as (select area_id, assignee_id, state, waiting_on, snoozed_until is not null as snoozed, count(*) as n from ticket
      where org_id = ${orgId} group by 1, 2, 3, 4, 5)
  select count(*)::int as ticket_count, min(concat_ws(' ', place, real)) as ticket_count_example
  from (select p as place, r as real from (select *, row(p.*)::text as p from place p) p
    full join (select *, row(r.*)::text as r from real r) r on p.p = r.r where p.p is null or r.r is null) d`;

/**
 * Counts anew what an organisation's desk keeps beside its rows: the numbers of messages and changes, the newest message,
 * read marks, the numbers and places of tickets, and the counts. While people work it is right too, for each statement sees
 * one moment.
 * @param onward hears how many conversations were looked at
 */
export async function recountDesk(orgId: string, onward: (conversations: number) => void = () => {}): Promise<Recount> {
  const found = { conversations: 0, messages: 0, tickets: 0 };
  const differences: Difference[] = [];
  for (let after: string | null = START; after; ) {
    const [row]: Row[] = await ask(conversationsAfter(orgId, after));
    found.conversations += Number(row?.conversations ?? 0);
    found.messages += Number(row?.messages ?? 0);
    differences.push(...differencesIn(CONVERSATION_CHECKS, row));
    onward(found.conversations);
    after = (row?.last as string | null) ?? null;
  }
  const [tickets] = await ask(sql`
    select count(*)::int as tickets, ${columns(TICKET_CHECKS, sql`t.id`)} from ticket t where t.org_id = ${orgId}`);
  found.tickets = Number(tickets?.tickets ?? 0);
  const [counts] = await ask(countsOf(orgId));
  differences.push(...differencesIn(TICKET_CHECKS, tickets), ...differencesIn({ ticket_count: sql`` }, counts));
  return { ...found, differences: addUp(differences) };
}

function addUp(all: readonly Difference[]): Difference[] {
  const byWhat = new Map<string, Difference>();
  for (const one of all) {
    const known = byWhat.get(one.what);
    byWhat.set(one.what, known ? { ...known, rows: known.rows + one.rows } : one);
  }
  return [...byWhat.values()];
}
