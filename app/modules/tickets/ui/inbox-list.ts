import {
  applyToTickets,
  type InboxFilter,
  type InboxReader,
  isBeyond,
  isInInbox,
  isUnreadAfter,
  type LiveTickets,
  type TicketFrame,
  type TicketSummary,
} from "../index";

type Listed = TicketSummary & { read_seq?: number };

/** A page of the list as the server gives it. */
export type InboxPage = { tickets: readonly Listed[]; nextCursor: string | null };

/** The inbox's list on screen. */
export type InboxList = {
  /** What a fresh load would show, as far as it is loaded. */
  readonly tickets: LiveTickets;
  readonly nextCursor: string | null;
  /** Ids in the order on screen while nothing may move there; null when the list is free. */
  readonly held: readonly string[] | null;
  /** Those that left while the list was held, as they were last heard of. */
  readonly gone: ReadonlyMap<string, TicketSummary>;
  /** How far the reader has read, by conversation. */
  readonly reads: ReadonlyMap<string, number>;
};

export type InboxAction =
  | { do: "load"; page: InboxPage; fresh: boolean }
  | { do: "more"; page: InboxPage }
  | { do: "hear"; frame: TicketFrame; filter: InboxFilter; reader: InboxReader }
  | { do: "read"; conversationId: string; seq: number }
  | { do: "hold" }
  | { do: "release" };

const NOTHING: ReadonlyMap<string, TicketSummary> = new Map();

/** The list as a page that was just loaded shows it. */
export const inboxOf = (page: InboxPage): InboxList => ({
  tickets: page.tickets,
  nextCursor: page.nextCursor,
  held: null,
  gone: NOTHING,
  reads: readsOf(page, new Map()),
});

/** The list after a step. */
export function inboxAfter(list: InboxList, action: InboxAction): InboxList {
  switch (action.do) {
    case "load":
      return action.fresh || !list.held ? inboxOf(action.page) : reloaded(list, action.page);
    case "more":
      return withMore(list, action.page);
    case "hear":
      return heard(list, action.frame, action.filter, action.reader);
    case "read": {
      if ((list.reads.get(action.conversationId) ?? 0) >= action.seq) return list;
      return { ...list, reads: new Map(list.reads).set(action.conversationId, action.seq) };
    }
    case "hold":
      return list.held ? list : { ...list, held: list.tickets.map((t) => t.id) };
    case "release":
      return list.held ? { ...list, held: null, gone: NOTHING } : list;
  }
}

/** The rows in the order in which they stand on screen, each as it is now. */
export function rowsOf(list: InboxList): readonly TicketSummary[] {
  if (!list.held) return list.tickets;
  const now = new Map(list.tickets.map((t) => [t.id, t]));
  return list.held.flatMap((id) => now.get(id) ?? list.gone.get(id) ?? []);
}

/** How many tickets came while the list was held. */
export function arrivalsOf({ held, tickets }: InboxList): number {
  if (!held) return 0;
  const shown = new Set(held);
  return tickets.filter((t) => !shown.has(t.id)).length;
}

/** Whether the customer wrote something that the reader has not seen. What a bot still answers calls for nobody. */
export const isUnread = (ticket: TicketSummary, reads: ReadonlyMap<string, number>): boolean =>
  isUnreadAfter(ticket, reads.get(ticket.conversation_id) ?? 0);

function readsOf(page: InboxPage, known: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const reads = new Map(known);
  for (const { conversation_id, read_seq = 0 } of page.tickets) {
    reads.set(conversation_id, Math.max(read_seq, reads.get(conversation_id) ?? 0));
  }
  return reads;
}

/** Loaded anew while nothing may move: what is on screen and no longer in the page stays as it was. */
function reloaded(list: InboxList, page: InboxPage): InboxList {
  const gone = new Map(rowsOf(list).map((t) => [t.id, t]));
  return { ...inboxOf(page), held: list.held, gone, reads: readsOf(page, list.reads) };
}

function withMore(list: InboxList, page: InboxPage): InboxList {
  const known = new Set(list.tickets.map((t) => t.id));
  const added = page.tickets.filter((t) => !known.has(t.id));
  const shown = new Set(list.held);
  return {
    ...list,
    tickets: [...list.tickets, ...added],
    nextCursor: page.nextCursor,
    held: list.held && [...list.held, ...added.flatMap((t) => (shown.has(t.id) ? [] : t.id))],
    reads: readsOf(page, list.reads),
  };
}

function heard(list: InboxList, frame: TicketFrame, filter: InboxFilter, reader: InboxReader): InboxList {
  const ticket = frame.event === "ticket.changed" ? (frame.data as { ticket: TicketSummary }).ticket : null;
  const leaves = ticket && !isInInbox(ticket, filter, reader);
  const told = leaves ? { event: "ticket.left", data: { ticket: ticket.id } } : frame;
  const applied = applyToTickets(list.tickets, told, filter.view, reader);
  if (applied === list.tickets) return list;
  const { nextCursor } = list;
  // What is below the loaded part comes with its own page.
  const tickets = nextCursor ? applied.filter((t) => !isBeyond(filter.view, nextCursor, t)) : applied;
  if (!list.held) return { ...list, tickets };
  const still = new Set(tickets.map((t) => t.id));
  const gone = new Map(list.gone);
  for (const old of list.tickets) if (!still.has(old.id)) gone.set(old.id, ticket?.id === old.id ? ticket : old);
  return { ...list, tickets, gone };
}
