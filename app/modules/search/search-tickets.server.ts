import { sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { listTicketsIn, pickTickets, requireMembership, type TicketPage } from "~/modules/tickets/index.server";
import { pastPolicies, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { readWords } from "./asked-words.server";
import { matchContacts } from "./match-contacts.server";
import { pageOf, type Ranked } from "./ranking";
import type { SearchFilter, SearchSort } from "./search-filter";
import { searching } from "./search-pool.server";

export type TicketQuestion = {
  q: string;
  filter?: SearchFilter;
  sort?: SearchSort;
  cursor?: string | null;
  limit: number;
};
export type FoundTickets = TicketPage & { marks: string };

const { ticket } = schema;

/** Of the contacts that fit best. */
const MOST_CONTACTS = 100;
const MOST_TICKETS = 2_000;
/** A ticket's own number fits better than any name. */
const NUMBER_SCORE = 9_999_999;

/**
 * The tickets that a member sees of the contacts that fit what was asked for, and the one with that number, the last active
 * first where no other order is asked for.
 * @throws AppError as `searchMessages`
 */
export async function searchTickets(actor: Actor, orgId: string, asked: TicketQuestion): Promise<FoundTickets> {
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:read");
  const { accountId } = account;
  return searching(accountId, { orgId, accountId }, async (tx) => {
    const { words, marks } = await readWords(tx, asked.q);
    const candidates = await candidatesOf(tx, orgId, words);
    const [reader, filter] = [
      { accountId, membership },
      { ...asked.filter, ids: candidates.map(({ id }) => id) },
    ];
    if (asked.sort !== "relevance") return { ...(await listTicketsIn(tx, reader, filter, asked)), marks };
    const seen = new Set((await pickTickets(tx, membership, filter, { limit: candidates.length })).ids);
    const { shown, nextCursor } = pageOf(
      candidates.filter(({ id }) => seen.has(id)),
      asked,
    );
    const ids = shown.map(({ id }) => id);
    const { tickets } = await listTicketsIn(tx, reader, { ids }, { limit: ids.length });
    return { tickets: tickets.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id)), nextCursor, marks };
  });
}

/** Which tickets the words may mean; who sees them is asked of these. */
async function candidatesOf(tx: Tx, orgId: string, words: readonly string[]): Promise<Ranked[]> {
  const best = (await matchContacts(tx, orgId, words, undefined)).slice(0, MOST_CONTACTS);
  const [word] = words;
  const number = words.length === 1 && word && /^\d{1,9}$/.test(word) ? Number(word) : null;
  if (best.length === 0 && number === null) return [];
  const contacts = sql.param(best.map(({ id }) => id));
  const { rows } = await pastPolicies(tx, () =>
    tx.execute<{ id: string; at: string; of: string | null }>(sql`
      select id, last_activity_at as at, null::uuid as of from ticket where org_id = ${orgId} and number = ${number}
      union all
      (select ${ticket.id}, ${ticket.lastActivityAt}, ${ticket.contactId} from ${ticket}
        where ${ticket.orgId} = ${orgId} and ${ticket.contactId} = any(${contacts}::uuid[])
        order by ${ticket.lastActivityAt} desc limit ${MOST_TICKETS})`),
  );
  const scores = new Map(best.map(({ id, score }) => [id, score]));
  const ranked = new Map<string, Ranked>();
  for (const { id, at, of } of rows) {
    const score = of ? (scores.get(of) ?? 0) : NUMBER_SCORE;
    if ((ranked.get(id)?.score ?? -1) < score) ranked.set(id, { id, score, at: Date.parse(at) });
  }
  return [...ranked.values()];
}
