import { and, inArray, type SQL, sql } from "drizzle-orm";
import type { Actor, Membership } from "~/modules/accounts";
import type { Message } from "~/modules/messaging";
import { toMessage, unhidden } from "~/modules/messaging/index.server";
import {
  cursorOf,
  isReadFrom,
  placeOfCursor,
  requireMembership,
  startOf,
  visibleTo,
} from "~/modules/tickets/index.server";
import { pastPolicies, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { readWords } from "./asked-words.server";
import { pageOf, type Ranked } from "./ranking";
import type { SearchFilter, SearchSort } from "./search-filter";
import { searching } from "./search-pool.server";
import { type Window, walkBack, ZERO } from "./walk-back";

/** A message, the ticket at which its conversation is shown now, and whose it is. */
export type FoundMessage = {
  message: Message;
  ticket: { id: string; number: number };
  contact: { id: string; name: string };
};

/** The newest first where no other order is asked for. `marks`: beginnings of the words that were found. */
export type FoundMessages = { messages: FoundMessage[]; nextCursor: string | null; marks: string };

export type MessageQuestion = {
  q: string;
  filter?: SearchFilter;
  /** Notes only. */
  notes?: boolean;
  /** By relevance the newest 300 are compared. */
  sort?: SearchSort;
  cursor?: string | null;
  limit: number;
};

const { message, ticket, contact } = schema;

type Hit = { id: string; at: Date; ticketId: string };

const MOST_RANKED = 300;

/**
 * The messages of an organisation's customers that hold all words asked for, as its member sees them: in conversations whose
 * newest ticket they see, from where on they read it. A page may hold fewer than asked for and still have a next one.
 * @throws AppError 404, 403 `missing_scope`, `cursor_invalid`, `search_too_slow` (503), `search_busy` (429)
 */
export async function searchMessages(actor: Actor, orgId: string, asked: MessageQuestion): Promise<FoundMessages> {
  const { actor: account, membership } = requireMembership(actor, orgId, "messages:read");
  const ranked = asked.sort === "relevance";
  const before = ranked ? undefined : placeOfCursor(asked.cursor);
  return searching(account.accountId, { orgId, accountId: account.accountId }, async (tx, now) => {
    const { query, marks } = await readWords(tx, asked.q);
    if (query === null) return { messages: [], nextCursor: null, marks };
    const reader = { accountId: account.accountId, membership };
    const condition = await conditionOf(tx, reader, asked);
    const days = await daysOf(tx, asked.filter);
    const soon = new Date(now.getTime() + 60_000);
    const newest = days.to && days.to < soon ? days.to : soon;
    const start = before && before.at < newest ? before : { at: newest, id: ZERO };
    const limit = ranked ? MOST_RANKED : asked.limit + 1;
    const { found, behind } = await pastPolicies(tx, () =>
      walkBack<Hit>({ start, floor: days.from, limit }, (window) =>
        lookInto(tx, orgId, query, { ...condition, from: days.from }, window),
      ),
    );
    if (ranked) {
      const { shown, nextCursor } = pageOf(await rank(tx, query, found), asked);
      return { messages: await load(tx, shown), nextCursor, marks };
    }
    const shown = found.slice(0, asked.limit);
    const last = shown.at(-1);
    const next = found.length > asked.limit && last ? { at: last.at, id: last.id } : behind;
    return { messages: await load(tx, shown), nextCursor: next && cursorOf(next), marks };
  });
}

/** How much of each message what was asked for is. */
async function rank(tx: Tx, query: string, hits: readonly Hit[]): Promise<(Ranked & { ticketId: string })[]> {
  const ids = sql.param(hits.map(({ id }) => id));
  const { rows } = await tx.execute<{ id: string; score: number }>(sql`
    select ${message.id}, (1000000 * ts_rank(search_words(${message.text}), ${query}::tsquery, 1))::int as score
    from ${message} where ${message.id} = any(${ids}::uuid[])`);
  const scores = new Map(rows.map(({ id, score }) => [id, score]));
  return hits.map(({ id, at, ticketId }) => ({ id, ticketId, at: at.getTime(), score: scores.get(id) ?? 0 }));
}

type Reader = { accountId: string; membership: Membership };
type Condition = { within: SQL; seen: SQL | undefined };

async function conditionOf(tx: Tx, reader: Reader, { filter = {}, notes }: MessageQuestion): Promise<Condition> {
  const { areaId, assignee, contactId, state, tag, channelId } = filter;
  const own = and(
    areaId ? sql`own.area_id = ${areaId}` : undefined,
    assignee ? (assignee === "none" ? sql`own.assignee_id is null` : sql`own.assignee_id = ${assignee}`) : undefined,
    contactId ? sql`own.contact_id = ${contactId}` : undefined,
    state ? sql`own.state = ${state}` : undefined,
    tag ? sql`${tag} = any(own.tags)` : undefined,
  );
  return {
    within: sql`${message.deletedAt} is null ${notes === undefined ? sql`` : sql`and (${message.visibility} = 'staff') = ${notes}`}
      ${channelId ? sql`and ${message.channelId} = ${channelId}` : sql``}`,
    seen: and(
      await visibleTo(tx, reader.membership),
      isReadFrom(reader.membership, sql`hit.seq`),
      unhidden(reader.accountId, sql`hit.id`),
      own && sql`exists (select from ticket own where own.id = hit.ticket_id and ${own})`,
    ),
  };
}

async function daysOf(tx: Tx, filter: SearchFilter = {}): Promise<{ from?: Date; to?: Date }> {
  const { from, to } = filter;
  if (!from && !to) return {};
  const moment = (day: string | undefined, days: number) => (day ? startOf(day, days) : sql`null::timestamptz`);
  const { rows } = await tx.execute<{ from: string | null; to: string | null }>(
    sql`select ${moment(from, 0)} as from, ${moment(to, 1)} as to`,
  );
  const dateOf = (text: string | null | undefined) => (text ? new Date(text) : undefined);
  return { from: dateOf(rows[0]?.from), to: dateOf(rows[0]?.to) };
}

type Answer = { raw: number; hits: { id: string; at: string; ticket: string }[] };

async function lookInto(
  tx: Tx,
  orgId: string,
  query: string,
  condition: Condition & { from?: Date },
  window: Window,
): Promise<{ raw: number; found: Hit[] }> {
  const { rows } = await tx.execute<Answer>(windowQuery(orgId, query, condition, window));
  const [{ raw, hits } = { raw: 0, hits: [] }] = rows;
  return { raw, found: hits.map(({ id, at, ticket: ticketId }) => ({ id, at: new Date(at), ticketId })) };
}

/** SQL: what stands in one stretch of time: how much holds the words, and what of it the reader sees, the newest first. */
export function windowQuery(
  orgId: string,
  query: string,
  { within, seen, from }: Condition & { from?: Date },
  { span, below, cut, limit }: Window,
): SQL {
  const stretch = span === null ? sql`` : sql`and search_spans(${message.createdAt}) @> array[${span}::int]`;
  const least = from ? sql`and ${message.createdAt} >= ${from.toISOString()}::timestamptz` : sql``;
  return sql`with hit as materialized (
      select ${message.id}, ${message.conversationId}, ${message.ticketId}, ${message.seq}, ${message.createdAt} from ${message}
      where ${message.orgId} = ${orgId} and ${message.text} <> '' ${stretch}
        and search_words(${message.text}) @@ ${query}::tsquery
        and (${message.createdAt}, ${message.id}) < (${below.at.toISOString()}::timestamptz, ${below.id}::uuid) ${least}
        and ${within} limit ${cut}),
    seen as (
      select hit.id, hit.created_at as at, ${ticket.id} as ticket from hit
      join conversation c on c.id = hit.conversation_id and c.kind = 'customer'
      cross join lateral (select * from ticket t where t.conversation_id = hit.conversation_id
        order by t.opened_at desc, t.id desc limit 1) as ticket
      where ${seen ?? sql`true`} order by hit.created_at desc, hit.id desc limit ${limit})
    select (select count(*)::int from hit) as raw,
      coalesce((select json_agg(seen order by at desc, id desc) from seen), '[]') as hits`;
}

type Named = Pick<Hit, "id" | "ticketId">;

/** What was found, as the scope lets it through. */
async function load(tx: Tx, hits: readonly Named[]): Promise<FoundMessage[]> {
  if (hits.length === 0) return [];
  const ids = (of: (hit: Named) => string) => [...new Set(hits.map(of))];
  const messages = await tx
    .select()
    .from(message)
    .where(
      inArray(
        message.id,
        ids(({ id }) => id),
      ),
    );
  const tickets = await tx
    .select({ id: ticket.id, number: ticket.number, contact: { id: contact.id, name: contact.name } })
    .from(ticket)
    .innerJoin(contact, sql`${contact.id} = ${ticket.contactId}`)
    .where(
      inArray(
        ticket.id,
        ids(({ ticketId }) => ticketId),
      ),
    );
  return hits.flatMap(({ id, ticketId }) => {
    const [row, at] = [messages.find((one) => one.id === id), tickets.find((one) => one.id === ticketId)];
    if (!row || !at) return [];
    return [{ message: toMessage(row), ticket: { id: at.id, number: at.number }, contact: at.contact }];
  });
}
