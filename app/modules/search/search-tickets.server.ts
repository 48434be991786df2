import { sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { listTicketsIn, requireMembership, type TicketPage } from "~/modules/tickets/index.server";
import { pastPolicies, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { readWords } from "./asked-words.server";
import { matchContacts } from "./match-contacts.server";
import type { SearchFilter } from "./search-filter";
import { searching } from "./search-pool.server";

export type TicketQuestion = { q: string; filter?: SearchFilter; cursor?: string | null; limit: number };
export type FoundTickets = TicketPage & { marks: string };

const { ticket } = schema;

/** Of the contacts that fit best. */
const MOST_CONTACTS = 100;
const MOST_TICKETS = 2_000;

/**
 * The tickets that a member sees of the contacts that fit what was asked for, and the one with that number, the last active
 * first.
 * @throws AppError as `searchMessages`
 */
export async function searchTickets(actor: Actor, orgId: string, asked: TicketQuestion): Promise<FoundTickets> {
  const { actor: account, membership } = requireMembership(actor, orgId, "tickets:read");
  const { accountId } = account;
  return searching(accountId, { orgId, accountId }, async (tx) => {
    const { words, marks } = await readWords(tx, asked.q);
    const ids = await candidatesOf(tx, orgId, words);
    const page = await listTicketsIn(tx, { accountId, membership }, { ...asked.filter, ids }, asked);
    return { ...page, marks };
  });
}

/** Which tickets the words may mean; who sees them is asked of these. */
async function candidatesOf(tx: Tx, orgId: string, words: readonly string[]): Promise<string[]> {
  const best = (await matchContacts(tx, orgId, words, undefined)).slice(0, MOST_CONTACTS).map(({ id }) => id);
  const [word] = words;
  const number = words.length === 1 && word && /^\d{1,9}$/.test(word) ? Number(word) : null;
  if (best.length === 0 && number === null) return [];
  return pastPolicies(tx, async () => {
    const { rows } = await tx.execute<{ id: string }>(sql`
      select id from ticket where org_id = ${orgId} and number = ${number}
      union all
      (select ${ticket.id} from ${ticket} where ${ticket.orgId} = ${orgId} and ${ticket.contactId} = any(${sql.param(best)}::uuid[])
        order by ${ticket.lastActivityAt} desc limit ${MOST_TICKETS})`);
    return rows.map(({ id }) => id);
  });
}
