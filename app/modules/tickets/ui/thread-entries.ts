import type { Message } from "~/modules/messaging";
import { type GroupedMessage, groupMessages } from "~/ui/conversation/group-messages";
import type { TicketEvent, TicketSummary } from "../ticket-view";

/** A ticket of the conversation, as far as its divider shows it. */
export type ThreadTicket = Pick<TicketSummary, "id" | "number" | "state" | "closed_at" | "close_reason"> & {
  first_seq: number;
};

/** One line of the thread on screen; keys stay while more is loaded before or after. */
export type ThreadEntry =
  | { kind: "day"; key: string; at: string }
  | { kind: "unread"; key: string }
  | ({ kind: "message"; key: string } & GroupedMessage<Message>)
  | { kind: "event"; key: string; event: TicketEvent }
  /** An earlier ticket ended here. */
  | { kind: "ticket"; key: string; ticket: ThreadTicket; closing: TicketEvent | null };

export type ThreadParts = {
  messages: readonly Message[];
  /** Whether there is more before the first message. */
  more: boolean;
  tickets: readonly ThreadTicket[];
  events: readonly TicketEvent[];
  /** How far the reader had read when the thread was opened. */
  unreadAfter: number;
  /** The reader's member id: their own words are never unread. */
  memberId: string;
  timeZone: string;
};

/**
 * A conversation as it reads from top to bottom: messages by `seq`, each line of the history after the message that it
 * followed, a divider where a ticket ended and the next began, days, and the line up to which the reader had read.
 */
export function threadEntries(parts: ThreadParts): ThreadEntry[] {
  const { messages, more, timeZone } = parts;
  const tickets = [...parts.tickets].sort((a, b) => a.first_seq - b.first_seq);
  const closings = closingEvents(parts.events, tickets);
  const isClosing = new Set([...closings.values()].map((event) => event.id));
  const start = more ? (messages[0]?.seq ?? 0) : 0;
  const events = parts.events.filter((event) => event.after_seq >= start && !isClosing.has(event.id));
  const entries: ThreadEntry[] = [];
  const ended = dividers(tickets, closings, start);
  let nextEvent = 0;
  let unread = unreadMark(parts);

  const place = (event: TicketEvent) => {
    entries.push(...ended((next) => next.id === event.ticket));
    entries.push({ kind: "event", key: event.id, event });
  };
  const eventsBefore = (seq: number) => {
    for (let event = events[nextEvent]; event && event.after_seq < seq; event = events[++nextEvent]) place(event);
  };
  for (const grouped of withBreaks(groupMessages(messages, timeZone), events)) {
    const { message } = grouped;
    const begin = entries.length === 0;
    if (begin) entries.push({ kind: "day", key: `day-${message.id}`, at: message.created_at });
    eventsBefore(message.seq);
    entries.push(...ended((next) => next.first_seq <= message.seq));
    if (grouped.newDay && !begin) entries.push({ kind: "day", key: `day-${message.id}`, at: message.created_at });
    if (unread !== null && message.seq >= unread) {
      entries.push({ kind: "unread", key: "unread" });
      unread = null;
    }
    entries.push({ kind: "message", key: message.id, ...grouped });
  }
  eventsBefore(Number.POSITIVE_INFINITY);
  return entries;
}

/** The first message that the reader had not read; null where there is none, or where they had never read here. */
function unreadMark({ messages, unreadAfter, memberId }: ThreadParts): number | null {
  if (unreadAfter === 0) return null;
  return messages.find((m) => m.seq > unreadAfter && m.author.id !== memberId)?.seq ?? null;
}

/** The last closing of every ticket but the newest: its divider says it. */
function closingEvents(events: readonly TicketEvent[], tickets: readonly ThreadTicket[]): Map<string, TicketEvent> {
  const earlier = new Set(tickets.slice(0, -1).map((ticket) => ticket.id));
  const closings = new Map<string, TicketEvent>();
  for (const event of events)
    if (event.kind === "closed" && earlier.has(event.ticket)) closings.set(event.ticket, event);
  return closings;
}

/** Gives the dividers of the tickets that ended before the next ones which the condition names, each once. */
function dividers(tickets: readonly ThreadTicket[], closings: ReadonlyMap<string, TicketEvent>, start: number) {
  let current = tickets.findLastIndex((ticket) => ticket.first_seq <= start);
  if (current < 0) current = 0;
  return (begins: (next: ThreadTicket) => boolean): ThreadEntry[] => {
    const out: ThreadEntry[] = [];
    const target = tickets.findLastIndex((next, at) => at > current && begins(next));
    for (; current < target; current++) {
      const ticket = tickets[current];
      if (ticket)
        out.push({ kind: "ticket", key: `end-${ticket.id}`, ticket, closing: closings.get(ticket.id) ?? null });
    }
    return out;
  };
}

/** A line of the history between two messages ends the run of bubbles. */
function withBreaks(grouped: GroupedMessage<Message>[], events: readonly TicketEvent[]): GroupedMessage<Message>[] {
  const after = new Set(events.map((event) => event.after_seq));
  return grouped.map((one, at) => {
    const before = grouped[at - 1];
    const first = one.first || (before !== undefined && after.has(before.message.seq));
    const last = one.last || after.has(one.message.seq);
    return first === one.first && last === one.last ? one : { ...one, first, last };
  });
}
