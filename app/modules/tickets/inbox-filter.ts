import { isUuid } from "~/platform/ids";
import type { TicketSummary } from "./ticket-view";
import { belongsTo, isTicketView, type TicketViewName } from "./views";

/** What an inbox shows, as its address says it. */
export type InboxFilter = { view: TicketViewName; areaId?: string; q?: string };

export type InboxReader = { memberId: string; role: "agent" | "admin"; areaIds: readonly string[] };

const LONGEST_SEARCH = 200;

/** Reads an inbox's address; what it does not say, or says wrongly, falls back to the reader's own tickets. */
export function inboxFilterOf(params: URLSearchParams): InboxFilter {
  const view = params.get("view");
  const areaId = params.get("area");
  const q = params.get("q")?.trim().slice(0, LONGEST_SEARCH);
  return {
    view: isTicketView(view) ? view : "mine",
    ...(isUuid(areaId) && { areaId }),
    ...(q && { q }),
  };
}

/** The query string of an inbox's address, beginning with `?`; empty where nothing is said. */
export function inboxSearch({ view, areaId, q }: InboxFilter): string {
  const params = new URLSearchParams();
  if (view !== "mine") params.set("view", view);
  if (areaId) params.set("area", areaId);
  if (q) params.set("q", q);
  const text = params.toString();
  return text && `?${text}`;
}

/** Whether a ticket stands in what is shown; `listTickets` says the same in SQL. */
export function isInInbox(ticket: TicketSummary, filter: InboxFilter, reader: InboxReader): boolean {
  if (!belongsTo(filter.view, ticket, reader)) return false;
  if (filter.areaId && ticket.area.id !== filter.areaId) return false;
  return !filter.q || matches(ticket, filter.q);
}

function matches(ticket: TicketSummary, q: string): boolean {
  if (ticket.contact.name.toLowerCase().includes(q.toLowerCase())) return true;
  return /^#?\d{1,9}$/.test(q) && ticket.number === Number(q.replace("#", ""));
}
