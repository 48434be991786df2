import type { AccountActor } from "~/modules/accounts";
import type { SearchFilter, SearchSort } from "~/modules/search";
import { searchContacts, searchMessages, searchTickets } from "~/modules/search/index.server";
import { inboxFilterOf } from "~/modules/tickets";
import { AppError } from "~/platform/errors";
import { isUuid } from "~/platform/ids";

export const GROUPS = ["contacts", "tickets", "messages", "notes"] as const;
export type Group = (typeof GROUPS)[number];

const FEW = 5;
const MANY = 50;
const SORTS = ["relevance", "newest"] as const satisfies SearchSort[];
const STATES = ["bot", "open", "closed"] as const;

/** What the page's address asks for; what it says wrongly is not asked. */
export function askedIn(params: URLSearchParams) {
  const { areaId, assignee, channelId, tag, from, to, q = "" } = inboxFilterOf(params);
  const state = STATES.find((one) => one === params.get("state"));
  const sort = SORTS.find((one) => one === params.get("sort"));
  const contact = params.get("contact");
  const contactId = isUuid(contact) ? contact.toLowerCase() : undefined;
  const kind = GROUPS.find((one) => one === params.get("kind"));
  const filter: SearchFilter = { areaId, assignee, channelId, contactId, tag, from, to, state };
  return { q, kind, filter, sort, cursor: params.get("cursor") };
}

type Asked = ReturnType<typeof askedIn>;

/** A few of each kind, or many of one. A refusal is the page's to show. */
export async function find(actor: AccountActor, orgId: string, { q, kind, filter, sort, cursor }: Asked) {
  const none = { contacts: null, tickets: null, messages: null, problem: null };
  if (q.trim() === "") return none;
  const page = { q, filter, sort, cursor: kind ? cursor : null, limit: kind ? MANY : FEW };
  // Only tickets have an area, a state, an agent and days; who looks in one contact's has found the contact.
  const ofTickets = filter.areaId || filter.assignee || filter.state || filter.from || filter.to;
  const contactsToo = !ofTickets && !filter.contactId;
  const wants = (one: Group) => kind === undefined || kind === one;
  const notes = kind === "notes" ? true : kind === "messages" ? false : undefined;
  try {
    const [contacts, tickets, messages] = await Promise.all([
      wants("contacts") && contactsToo ? searchContacts(actor, orgId, page) : null,
      wants("tickets") ? searchTickets(actor, orgId, page) : null,
      wants("messages") || kind === "notes" ? searchMessages(actor, orgId, { ...page, notes }) : null,
    ]);
    return { contacts, tickets, messages, problem: null };
  } catch (error) {
    // The field stays, so that the question can be made narrower.
    if (error instanceof AppError && error.retryable) return { ...none, problem: error.code };
    throw error;
  }
}
