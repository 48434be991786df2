import { inOrderOf } from "./lists/list-order";
import type { TicketEvent, TicketSummary } from "./ticket-view";
import type { TicketViewName } from "./views";
import { belongsTo } from "./views";

/** A list of tickets as a screen holds it, in its view's order. */
export type LiveTickets = readonly TicketSummary[];

export type TicketFrame = { event: string; data: unknown };

type Reader = { memberId: string; role: "agent" | "admin"; areaIds: readonly string[] };

/** A view's list after a frame of `organisation:<id>:tickets`: equal to what a fresh load would show. */
export function applyToTickets(
  list: LiveTickets,
  frame: TicketFrame,
  view: TicketViewName,
  reader: Reader,
): LiveTickets {
  if (frame.event === "ticket.left") {
    const { ticket } = frame.data as { ticket: string };
    return list.filter((t) => t.id !== ticket);
  }
  if (frame.event === "contact.changed") {
    const { contact } = frame.data as { contact: TicketSummary["contact"] };
    return list.map((t) => (t.contact.id === contact.id ? { ...t, contact } : t));
  }
  if (frame.event !== "ticket.changed") return list;
  const { ticket } = frame.data as { ticket: TicketSummary };
  const known = list.find((t) => t.id === ticket.id);
  if (known && isOlder(ticket, known)) return list;
  const others = list.filter((t) => t.id !== ticket.id);
  return belongsTo(view, ticket, reader) ? [...others, ticket].sort(inOrderOf(view)) : others;
}

/** Two frames of one ticket may overtake each other on their way; its version only grows. */
const isOlder = (news: TicketSummary, known: TicketSummary) =>
  news.version < known.version ||
  (news.version === known.version && (news.last_message?.seq ?? 0) < (known.last_message?.seq ?? 0));

/** The history of a conversation's tickets with new lines, each once, in order. */
export function addTicketEvents(known: readonly TicketEvent[], news: readonly TicketEvent[]): readonly TicketEvent[] {
  const ids = new Set(known.map((line) => line.id));
  const added = news.filter((line) => !ids.has(line.id));
  return added.length ? [...known, ...added].sort((a, b) => a.id.localeCompare(b.id)) : known;
}
