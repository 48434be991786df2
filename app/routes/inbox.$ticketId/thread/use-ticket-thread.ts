import { useEffect, useMemo, useRef, useState } from "react";
import type { MissedChanges } from "~/modules/messaging";
import { useTopic } from "~/modules/realtime/ui/hub-provider";
import { type LoadedThread, useThread } from "~/modules/realtime/ui/use-thread";
import { addTicketEvents, type Ticket, type TicketEvent, type TicketSummary } from "~/modules/tickets";
import type { ThreadTicket } from "~/modules/tickets/ui/thread-entries";
import { useReload } from "~/ui/state/use-reload";

export type DeskThread = LoadedThread & {
  tickets: readonly ThreadTicket[];
  events: readonly TicketEvent[];
  last_inbound_at: string | null;
};

type State = DeskThread & { ticket: TicketSummary };

type TicketThreadOptions = {
  ticket: Ticket & { org_id: string };
  thread: DeskThread;
  feed: string;
  accountId: string;
  onSignal: (event: string, data: unknown) => void;
};

/** An open ticket and its conversation, kept up to date: messages, the history's lines, and the ticket itself. */
export function useTicketThread({ ticket, thread, feed, accountId, onSignal }: TicketThreadOptions) {
  const reload = useReload();
  const [refused, setRefused] = useState(false);
  const loaded = useMemo((): State => ({ ...thread, ticket }), [thread, ticket]);
  const live = useThread<State>({
    loaded,
    accountId,
    onFrame: (state, frame) => (frame.event === "ticket.changed" ? withTicketNews(state, frame.data) : state),
    onCaughtUp: (missed) => {
      if (missed.changes.some((change) => change.kind === "ticket.changed")) reload();
    },
    onMissed: (state, missed) => withEvents(state, (missed as MissedChanges & { events?: TicketEvent[] }).events ?? []),
    onReload: (loaded, old) => ({
      ...withEvents(loaded, old.events),
      ticket: old.ticket.version > loaded.ticket.version ? old.ticket : loaded.ticket,
    }),
    onResync: reload,
    onRefused: () => setRefused(true),
    onSignal,
  });
  // What adds no line to the history (whose turn it is) is told to lists only.
  const listed = useListedTicket(ticket, feed, reload);
  const newest = listed.ticket && listed.ticket.version > live.ticket.version ? listed.ticket : live.ticket;
  return { ...live, ticket: newest, gone: refused || listed.gone };
}

/** A move between two areas that are both seen says "left", and at once how the ticket is now. */
const LEFT_FOR_GOOD_MS = 500;

/** The ticket as the list hears of it, and whether it went out of sight. */
function useListedTicket(ticket: Ticket & { org_id: string }, feed: string, reload: () => void) {
  const [heard, setHeard] = useState<TicketSummary | null>(null);
  const [gone, setGone] = useState(false);
  const leaving = useRef<ReturnType<typeof setTimeout>>();
  useTopic(`organisation:${ticket.org_id}:tickets`, feed, {
    onEvent(frame) {
      const data = frame.data as { ticket: TicketSummary | string };
      if (frame.event === "ticket.left" && data.ticket === ticket.id) {
        leaving.current = setTimeout(() => setGone(true), LEFT_FOR_GOOD_MS);
      }
      if (frame.event === "contact.changed") {
        const { contact } = frame.data as { contact: TicketSummary["contact"] };
        if (contact.id === ticket.contact.id) reload();
      }
      if (frame.event !== "ticket.changed" || typeof data.ticket === "string" || data.ticket.id !== ticket.id) return;
      clearTimeout(leaving.current);
      setGone(false);
      const news = data.ticket;
      setHeard((old) => (old && old.version > news.version ? old : news));
    },
    onResync: reload,
  });
  useEffect(() => () => clearTimeout(leaving.current), []);
  return { ticket: heard?.id === ticket.id ? heard : null, gone };
}

function withTicketNews(state: State, data: unknown): State {
  const { ticket, events } = data as { ticket: TicketSummary; events: TicketEvent[] };
  const own = ticket.id === state.ticket.id && ticket.version > state.ticket.version;
  return {
    ...withEvents(state, events),
    ticket: own ? ticket : state.ticket,
    tickets: withTicket(state.tickets, ticket, state.last_seq),
  };
}

function withEvents(state: State, events: readonly TicketEvent[]): State {
  const added = addTicketEvents(state.events, events);
  return added === state.events ? state : { ...state, events: added };
}

/** The conversation's tickets with one as it is now; a new one begins with the newest message. */
function withTicket(tickets: readonly ThreadTicket[], news: TicketSummary, lastSeq: number): readonly ThreadTicket[] {
  const { id, number, state, closed_at, close_reason } = news;
  const known = tickets.find((one) => one.id === id);
  const now = { id, number, state, closed_at, close_reason, first_seq: known?.first_seq ?? Math.max(1, lastSeq) };
  return known ? tickets.map((one) => (one.id === id ? now : one)) : [...tickets, now];
}
