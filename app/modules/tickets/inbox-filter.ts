import { isUuid } from "~/platform/ids";
import { dayOf } from "~/ui/format/format-dates";
import { PRIORITIES, type Priority } from "~db/schema/priority";
import type { WaitingOn } from "~db/schema/tickets";
import type { TicketSummary } from "./ticket-view";
import { belongsTo, isTicketView, type TicketViewName } from "./views";

/** What an inbox shows, as its address says it. */
export type InboxFilter = {
  view: TicketViewName;
  areaId?: string;
  /** A member's id, or `none`. */
  assignee?: string;
  channelId?: string;
  tag?: string;
  priority?: Priority;
  waitingOn?: WaitingOn;
  /** Days of the last activity, `YYYY-MM-DD` of the organisation's calendar, both within. */
  from?: string;
  to?: string;
  /** Part of the contact's name or a ticket's number. */
  q?: string;
};

export type InboxReader = {
  memberId: string;
  role: "agent" | "admin";
  areaIds: readonly string[];
  /** The organisation's (IANA); days are counted by UTC without one. */
  timeZone?: string;
};

const LONGEST_SEARCH = 200;
const LONGEST_TAG = 60;
export const WAITING_ON: readonly WaitingOn[] = ["agent", "customer", "none"];

/** Whether a text is a day that the calendar has, of four figures' years. */
export function isDay(text: unknown): text is string {
  if (typeof text !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(text) || text < "0001-01-01") return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

const wordsOf = (text: string | null, longest: number): string | undefined =>
  text?.replaceAll("\u0000", "").trim().slice(0, longest).toWellFormed().trim() || undefined;
const oneOf = <T extends string>(text: string | null, known: readonly T[]): T | undefined =>
  known.find((one) => one === text);
const idOf = (text: string | null) => (isUuid(text) ? text.toLowerCase() : undefined);
const dayIn = (text: string | null) => (isDay(text) ? text : undefined);

/** Reads an inbox's address; what it does not say, or says wrongly, falls back to the reader's own tickets. */
export function inboxFilterOf(params: URLSearchParams): InboxFilter {
  const view = params.get("view");
  const assignee = params.get("assignee");
  const filter: InboxFilter = {
    view: isTicketView(view) ? view : "mine",
    areaId: idOf(params.get("area")),
    assignee: assignee === "none" ? assignee : idOf(assignee),
    channelId: idOf(params.get("channel")),
    tag: wordsOf(params.get("tag"), LONGEST_TAG),
    priority: oneOf(params.get("priority"), PRIORITIES),
    waitingOn: oneOf(params.get("waiting_on"), WAITING_ON),
    from: dayIn(params.get("from")),
    to: dayIn(params.get("to")),
    q: wordsOf(params.get("q"), LONGEST_SEARCH),
  };
  return Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== undefined)) as InboxFilter;
}

/** The names that a filter's parts have in an address, in the order in which they stand there. */
const NAMES = {
  areaId: "area",
  assignee: "assignee",
  channelId: "channel",
  tag: "tag",
  priority: "priority",
  waitingOn: "waiting_on",
  from: "from",
  to: "to",
  q: "q",
} as const satisfies Record<Exclude<keyof InboxFilter, "view">, string>;

export type FilterPart = keyof typeof NAMES;
export const FILTER_PARTS = Object.keys(NAMES) as readonly FilterPart[];
export const nameOfPart = (part: FilterPart): string => NAMES[part];

/** The query string of an inbox's address, beginning with `?`; empty where nothing is said. */
export function inboxSearch(filter: InboxFilter): string {
  const params = new URLSearchParams();
  if (filter.view !== "mine") params.set("view", filter.view);
  for (const part of FILTER_PARTS) {
    const value = filter[part];
    if (value) params.set(NAMES[part], value);
  }
  const text = params.toString();
  return text && `?${text}`;
}

/** Whether a ticket stands in what is shown; `listTickets` says the same in SQL. */
export function isInInbox(ticket: TicketSummary, filter: InboxFilter, reader: InboxReader): boolean {
  const { areaId, assignee, channelId, tag, priority, waitingOn, q } = filter;
  return (
    belongsTo(filter.view, ticket, reader) &&
    (!areaId || ticket.area.id === areaId) &&
    (!assignee || (ticket.assignee?.id ?? "none") === assignee) &&
    (!channelId || ticket.channel.id === channelId) &&
    (!tag || ticket.tags.includes(tag)) &&
    (!priority || ticket.priority === priority) &&
    (!waitingOn || ticket.waiting_on === waitingOn) &&
    isWithin(ticket, filter, reader) &&
    (!q || matches(ticket, q))
  );
}

function isWithin({ last_activity_at: at }: TicketSummary, { from, to }: InboxFilter, reader: InboxReader): boolean {
  if (!from && !to) return true;
  const day = dayOf(Date.parse(at), reader.timeZone ?? "UTC");
  return (!from || day >= from) && (!to || day <= to);
}

/** As the database's `search_fold`: neither case nor accents matter. */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The number that a search asks for; null for other words. */
export const numberIn = (q: string): number | null => (/^#?\d{1,9}$/.test(q) ? Number(q.replace("#", "")) : null);

function matches(ticket: TicketSummary, q: string): boolean {
  return plain(ticket.contact.name).includes(plain(q)) || ticket.number === numberIn(q);
}
