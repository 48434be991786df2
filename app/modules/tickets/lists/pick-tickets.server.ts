import { and, eq, inArray, not, type SQL, sql } from "drizzle-orm";
import type { Membership } from "~/modules/accounts";
import type { Tx } from "~/platform/db.server";
import { invalid } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import { schema } from "~db/index.server";
import { queueOrder } from "../assignment/queue.server";
import { numberIn } from "../inbox-filter";
import { orderOf, readCursor } from "./list-order";
import { keysOf, restOf, statesOf, type TicketFilter, withinDays, wordsIn } from "./ticket-filter.server";
import { inSeenArea, type Sight, sightOfMember, visibleIn } from "./visible-to.server";

const { ticket, ticketReader } = schema;

/**
 * How far a list looks at once into the history of each area and state for what no index knows. What is behind comes with
 * the next page, so that no question grows with an organisation's past.
 */
const HORIZON = 2_000;

/** Which tickets a page holds, in order; `behind` is the cursor of how far was looked where there is more to look through. */
export type Picked = { ids: string[]; behind: string | null };

type Question = { filter: TicketFilter; membership: Membership; sight: Sight; limit: number; horizon: number };
type Row = { id: string; at: string };

/** The first tickets of a list that its member sees, below a cursor; at most `limit`. */
export async function pickTickets(
  tx: Tx,
  membership: Membership,
  filter: TicketFilter,
  page: { cursor?: string | null; limit: number; horizon?: number },
): Promise<Picked> {
  const { limit, horizon = HORIZON } = page;
  const question = { filter, membership, sight: await sightOfMember(tx, membership), limit, horizon };
  const below = belowCursor(filter, page.cursor);
  if (reachesHistory(filter)) return pickFromHistory(tx, question, below);
  return filter.view === "queue" && !filter.ids
    ? pickFromQueue(tx, question, below)
    : pickFromLive(tx, question, below);
}

/** Closed tickets are without end; others, those of one contact, and those named, are few. */
const reachesHistory = (filter: TicketFilter): boolean =>
  statesOf(filter).includes("closed") && !filter.contactId && !filter.ids;

const instant = (ms: number | undefined) => {
  const at = new Date(ms ?? Number.NaN);
  if (Number.isNaN(at.getTime())) throw invalid("cursor_invalid");
  return sql`${at.toISOString()}::timestamptz`;
};

/** SQL: below the place that a cursor names. @throws AppError `cursor_invalid` */
function belowCursor(filter: TicketFilter, cursor: string | null | undefined): SQL | undefined {
  if (!cursor) return undefined;
  const place = readCursor(orderOf(filter.view), cursor);
  if (!place || !isUuid(place.id)) throw invalid("cursor_invalid");
  const { figures, id } = place;
  if (orderOf(filter.view) === "activity") {
    return sql`(${ticket.lastActivityAt}, ${ticket.id}) < (${instant(figures[0])}, ${id}::uuid)`;
  }
  return sql`(${queueOrder}) > (${figures[0]}::int, ${figures[1]}::int, ${instant(figures[2])}, ${id}::uuid)`;
}

const statesIn = (filter: TicketFilter): SQL => {
  const states = statesOf(filter);
  return states.length ? inArray(ticket.state, [...states]) : sql`false`;
};

async function pickFromLive(tx: Tx, question: Question, below: SQL | undefined): Promise<Picked> {
  const { filter, membership, sight, limit } = question;
  const order = orderOf(filter.view) === "queue" ? queueOrder : sql`${ticket.lastActivityAt} desc, ${ticket.id} desc`;
  const rows = await tx
    .select({ id: ticket.id })
    .from(ticket)
    .where(
      and(
        eq(ticket.orgId, membership.orgId),
        statesIn(filter),
        visibleIn(sight),
        keysOf(filter, membership),
        restOf(filter),
        withinDays(filter),
        below,
      ),
    )
    .orderBy(order)
    .limit(limit);
  return { ids: rows.map(({ id }) => id), behind: null };
}

/** Each area's queue is a stretch of one index in the order in which it is to be served, and is read from its top. */
async function pickFromQueue(tx: Tx, question: Question, below: SQL | undefined): Promise<Picked> {
  const { filter, membership, sight, limit } = question;
  const condition = and(
    eq(ticket.orgId, membership.orgId),
    statesIn(filter),
    keysOf(filter, membership),
    restOf(filter),
    withinDays(filter),
    below,
  );
  const areas = sql`unnest(${`{${sight.areaIds.join()}}`}::uuid[]) as of_area(id)`;
  // What waits there is nobody's, so that it is not the member's own.
  const more = calledIn(sight).map((branch) => sql`union select id from (${branch(condition)}) beside`);
  const { rows } = await tx.execute<{ id: string }>(sql`
    select ${ticket.id} as id from ${ticket} where ${ticket.id} in (
      select first.id from ${areas} cross join lateral (
        select ${ticket.id} as id from ${ticket} where ${and(sql`${ticket.areaId} = of_area.id`, condition)}
        order by ${queueOrder} limit ${limit}) first
      ${sql.join(more, sql` `)})
    order by ${queueOrder} limit ${limit}`);
  return { ids: rows.map(({ id }) => id), behind: null };
}

/**
 * Each state of each area is a stretch of one index in the list's order: every stretch is read from its top, and no
 * further than a page needs or the horizon reaches.
 */
async function pickFromHistory(tx: Tx, question: Question, below: SQL | undefined): Promise<Picked> {
  const { limit, horizon, filter, membership, sight } = question;
  const keys = keysOf(filter, membership);
  const rest = and(restOf(filter), filter.assignee === "none" ? keysOf({ assignee: "none" }, membership) : undefined);
  const looked = rest ? Math.max(horizon, limit) : limit;
  const stretch = stretchOf(question, below, sql`limit ${looked}`);
  const others = and(
    eq(ticket.orgId, membership.orgId),
    statesIn(filter),
    keys,
    restOf(filter),
    withinDays(filter),
    below,
  );
  const more = [...besides(sight), ...numbered(question)].map((branch) => sql`union ${branch(others)}`);
  const { rows } = await tx.execute<Row>(sql`
    select id, at from (
      select ${ticket.id} as id, ${ticket.lastActivityAt} as at from ${stretch} where ${rest ?? sql`true`}
      ${sql.join(more, sql` `)}
    ) found order by at desc, id desc limit ${limit}`);
  const behind = rest ? await lastLooked(tx, question, below, looked) : null;
  if (!behind) return { ids: rows.map(({ id }) => id), behind: null };
  const within = rows.filter((row) => !isBelow(row, behind));
  return { ids: within.map(({ id }) => id), behind: `${Date.parse(behind.at)}.${behind.id}` };
}

const isBelow = (row: Row, than: Row) => {
  const [at, limit] = [Date.parse(row.at), Date.parse(than.at)];
  return at < limit || (at === limit && row.id < than.id);
};

/** SQL: the tops of all stretches, under the name of the table itself. */
function stretchOf({ filter, membership, sight }: Question, below: SQL | undefined, cut: SQL): SQL {
  const states = sql`unnest(array[${sql.join(
    statesOf(filter).map((state) => sql`${state}`),
    sql`, `,
  )}]::text[]) as of_state(state)`;
  const areaIds = filter.areaId ? sight.areaIds.filter((id) => id === filter.areaId) : sight.areaIds;
  const whole = sight.wholeOrganisation && !filter.areaId;
  const areas = sql`unnest(${`{${areaIds.join()}}`}::uuid[]) as of_area(id)`;
  const within = and(
    eq(ticket.orgId, membership.orgId),
    whole ? undefined : sql`${ticket.areaId} = of_area.id`,
    sql`${ticket.state} = of_state.state`,
    withinDays(filter),
    below,
  );
  return sql`${states}${whole ? sql`` : sql` cross join ${areas}`} cross join lateral (
    select * from ${ticket} where ${within} order by ${ticket.lastActivityAt} desc, ${ticket.id} desc ${cut}) as ticket`;
}

/** How far the stretch was looked through that ended first; null where all were seen to their ends. */
async function lastLooked(tx: Tx, question: Question, below: SQL | undefined, looked: number): Promise<Row | null> {
  const last = stretchOf(question, below, sql`limit 1 offset ${looked - 1}`);
  const { rows } = await tx.execute<Row>(sql`
    select ${ticket.id} as id, ${ticket.lastActivityAt} as at from ${last} order by at desc, id desc limit 1`);
  return rows[0] ?? null;
}

type Branch = (condition: SQL | undefined) => SQL;
const COLUMNS = sql`${ticket.id} as id, ${ticket.lastActivityAt} as at`;

/** What a member sees besides whole areas: their own tickets, and those they were called into; few. */
const besides = (sight: Sight): Branch[] => (sight.wholeOrganisation ? [] : [own(sight), ...calledIn(sight)]);

const own = (sight: Sight): Branch => {
  const theirs = and(eq(ticket.assigneeId, sight.memberId), eq(ticket.state, "open"), not(inSeenArea(sight)));
  return (condition) => sql`select ${COLUMNS} from ${ticket} where ${and(theirs, condition)}`;
};

function calledIn(sight: Sight): Branch[] {
  if (sight.wholeOrganisation) return [];
  const elsewhere = and(eq(ticketReader.memberId, sight.memberId), not(inSeenArea(sight)));
  return [
    (condition) => sql`select ${COLUMNS} from ${ticketReader} join ${ticket} on ${ticket.id} = ${ticketReader.ticketId}
      where ${and(elsewhere, condition)}`,
  ];
}

/** A number names one ticket, however long ago. */
function numbered({ filter, sight }: Question): Branch[] {
  const number = numberIn(wordsIn(filter));
  if (number === null) return [];
  return [
    (condition) =>
      sql`select ${COLUMNS} from ${ticket} where ${and(eq(ticket.number, number), visibleIn(sight), condition)}`,
  ];
}
