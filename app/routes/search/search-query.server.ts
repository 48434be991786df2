import type { AccountActor } from "~/modules/accounts";
import type { SearchFilter } from "~/modules/search";
import { searchContacts, searchMessages, searchTickets } from "~/modules/search/index.server";
import { inboxFilterOf } from "~/modules/tickets";
import { AppError } from "~/platform/errors";

export const GROUPS = ["contacts", "tickets", "messages", "notes"] as const;
export type Group = (typeof GROUPS)[number];

const FEW = 5;
const MANY = 50;
const STATES = ["bot", "open", "closed"] as const;

/** What the page's address asks for; what it says wrongly is not asked. */
export function askedIn(params: URLSearchParams) {
  const { areaId, assignee, channelId, tag, from, to, q = "" } = inboxFilterOf(params);
  const state = STATES.find((one) => one === params.get("state"));
  const kind = GROUPS.find((one) => one === params.get("kind"));
  const filter: SearchFilter = { areaId, assignee, channelId, tag, from, to, state };
  return { q, kind, filter, cursor: params.get("cursor") };
}

type Asked = ReturnType<typeof askedIn>;

/** A few of each kind, or many of one. A refusal is the page's to show. */
export async function find(actor: AccountActor, orgId: string, { q, kind, filter, cursor }: Asked) {
  const none = { contacts: null, tickets: null, messages: null, problem: null };
  if (q.trim() === "") return none;
  const page = { q, filter, cursor: kind ? cursor : null, limit: kind ? MANY : FEW };
  // Only tickets have an area, a state, an agent and days.
  const contactsToo = !(filter.areaId || filter.assignee || filter.state || filter.from || filter.to);
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
