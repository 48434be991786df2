import type { Message } from "./message-view";

/** The part of an open conversation that events change. `rev` is the reader's own count. */
export type LiveThread = {
  readonly messages: readonly Message[];
  /** Whether there are earlier ones than these; taken for so unless it says no. */
  readonly more?: boolean;
  /** The newest messages are not among them: the reader looks at an earlier stretch. Absent at the end. */
  readonly more_after?: boolean;
  readonly rev: number;
  readonly last_seq: number;
  readonly read_seq: number;
  readonly customer_read_seq: number;
  /** What the conversation keeps at its head, the first kept first. */
  readonly pinned: readonly Message[];
  /** The ids of what the reader has starred. */
  readonly starred: readonly string[];
  /** The ids of what the reader has taken out of their own sight. */
  readonly hidden: readonly string[];
};

/** A frame of the hub for a conversation, as `realtime.md` names it. */
export type ConversationFrame = { event: string; rev?: number | string; data: unknown };

type ReadData = {
  seq: number;
  reader: { kind: "contact" | "account" | "organisation"; id: string | null };
  /** In a direct chat: there whoever is not the reader is the other one. */
  direct?: true;
};
type MarkData = { starred: boolean; hidden: boolean; message: Message };
type DeliveryData = Pick<Message, "id" | "seq" | "delivery" | "delivery_error">;

/** Puts a message in its place by `seq`, over what was there under its id. */
export function placeMessage(messages: readonly Message[], message: Message): readonly Message[] {
  const at = messages.findIndex((m) => m.id === message.id);
  if (at >= 0) return messages.map((m, place) => (place === at ? message : m));
  let end = messages.length;
  while (end > 0 && (messages[end - 1]?.seq ?? 0) > message.seq) end--;
  return [...messages.slice(0, end), message, ...messages.slice(end)];
}

/** What was written to the customer counts as read up to the pointer. */
function readByCustomer<State extends LiveThread>(state: State, seq: number): State {
  if (seq <= state.customer_read_seq) return state;
  const reached = (m: Message) => m.seq <= seq && (m.delivery === "sent" || m.delivery === "delivered");
  const read = (m: Message): Message => (reached(m) ? { ...m, delivery: "read", delivery_error: null } : m);
  return { ...state, messages: state.messages.map(read), pinned: state.pinned.map(read), customer_read_seq: seq };
}

function withRev<State extends LiveThread>(state: State, rev: number | string | undefined): State {
  return typeof rev === "number" && rev > state.rev ? { ...state, rev } : state;
}

/** The conversation with a message as it is now. */
function withMessage<State extends LiveThread>(given: State, message: Message): State {
  if (given.hidden.includes(message.id)) return given;
  const state = withPin(given, message);
  // What is older than the loaded page will come with its page.
  const oldest = state.messages[0]?.seq;
  if (state.more !== false && oldest !== undefined && message.seq < oldest) return state;
  const last_seq = Math.max(state.last_seq, message.seq);
  // What is newer than an earlier stretch comes with the pages after it.
  if (state.more_after && message.seq > (state.messages.at(-1)?.seq ?? 0)) return { ...state, last_seq };
  return { ...state, messages: placeMessage(state.messages, message), last_seq };
}

/** What is kept at the head, with a message as it is now. */
function withPin<State extends LiveThread>(state: State, message: Message): State {
  if (!message.pinned_at && !state.pinned.some(({ id }) => id === message.id)) return state;
  const others = state.pinned.filter(({ id }) => id !== message.id);
  const pinned = message.pinned_at ? [...others, message].sort(firstPinned) : others;
  return { ...state, pinned };
}

const firstPinned = (a: Message, b: Message) => (a.pinned_at ?? "").localeCompare(b.pinned_at ?? "") || a.seq - b.seq;

/** What the reader did with a message on another device. */
function withMark<State extends LiveThread>(state: State, { starred, hidden, message }: MarkData): State {
  const marked = {
    ...state,
    starred: withId(state.starred, message.id, starred && !hidden),
    hidden: withId(state.hidden, message.id, hidden),
  };
  const other = ({ id }: Message) => id !== message.id;
  if (hidden) return { ...marked, messages: state.messages.filter(other), pinned: state.pinned.filter(other) };
  // What is shown already is at least as new.
  return state.messages.every(other) ? withMessage(marked, message) : marked;
}

/** The ids, in order, with one or without it. */
function withId(ids: readonly string[], id: string, on: boolean): readonly string[] {
  if (ids.includes(id) === on) return ids;
  return on ? [...ids, id].sort() : ids.filter((one) => one !== id);
}

/**
 * An open conversation after a frame: equal to what a fresh load would show. Frames that it has seen already change
 * nothing. `accountId` tells whose read pointer is the reader's own; null for the customer.
 */
export function applyToThread<State extends LiveThread>(
  state: State,
  frame: ConversationFrame,
  accountId: string | null,
): State {
  const next = withRev(state, frame.rev);
  switch (frame.event) {
    case "message.created": {
      // What is known is at least as new as what was just written.
      const { message } = frame.data as { message: Message };
      if (next.messages.some((m) => m.id === message.id)) return next;
      return withMessage(next, message);
    }
    case "message.edited":
    case "message.deleted":
    case "message.reacted":
    case "message.previewed":
    case "message.pinned": {
      // What the state's number covers, it holds: an older frame would take a newer change back.
      if (typeof frame.rev === "number" && frame.rev <= state.rev) return next;
      const { message } = frame.data as { message: Message };
      return withMessage(next, message);
    }
    case "message.marked":
      return withMark(next, frame.data as MarkData);
    case "message.delivery": {
      const news = frame.data as DeliveryData;
      const change = (m: Message) =>
        m.id === news.id ? { ...m, delivery: news.delivery, delivery_error: news.delivery_error } : m;
      return { ...next, messages: next.messages.map(change), pinned: next.pinned.map(change) };
    }
    case "read": {
      const { seq, reader, direct } = frame.data as ReadData;
      if (reader.kind === "contact") {
        const own = accountId === null ? { ...next, read_seq: Math.max(next.read_seq, seq) } : next;
        return readByCustomer(own, seq);
      }
      if (reader.kind === "account" && reader.id === accountId)
        return { ...next, read_seq: Math.max(next.read_seq, seq) };
      if (direct) return { ...next, customer_read_seq: Math.max(next.customer_read_seq, seq) };
      return next;
    }
    default:
      return next;
  }
}

/** What a reader missed, as `GET …/changes` tells it. */
export type MissedChanges = {
  changes: readonly { rev: number; kind: string; ref: string; message: Message | null }[];
  rev: number;
  customer_read_seq: number;
};

/** An open conversation after what it missed. */
export function applyMissed<State extends LiveThread>(state: State, missed: MissedChanges): State {
  let next = state;
  for (const change of missed.changes) {
    if (!change.message) continue;
    next = withRev(withMessage(next, change.message), change.rev);
  }
  return withRev(readByCustomer(next, missed.customer_read_seq), missed.rev);
}

/** A page of an open conversation, ascending. `more` and `more_after`: whether there is more before and after it. */
export type LoadedPage = { messages: readonly Message[]; more: boolean; more_after?: boolean };

/** So many messages are kept at once; beyond, the far end is let go and fetched again when it is looked at. */
export const KEPT_MESSAGES = 400;

/** With the page before the first message. `meanwhile` is what was heard since it was asked for. */
export function withEarlier<State extends LiveThread & { more: boolean }>(
  state: State,
  page: LoadedPage,
  meanwhile: readonly Message[] = [],
): State {
  const messages = [...fresher(page.messages, meanwhile), ...state.messages];
  return { ...state, messages, more: page.more };
}

/** With the page after the last message of an earlier stretch. */
export function withLater<State extends LiveThread>(
  state: State,
  page: LoadedPage,
  meanwhile: readonly Message[] = [],
): State {
  const messages = [...state.messages, ...fresher(page.messages, meanwhile)];
  return caughtUp({ ...state, messages, more_after: page.more_after ?? false }, meanwhile);
}

/** The reader looks at another stretch: around a message, or at the end. */
export function withStretch<State extends LiveThread & { more: boolean }>(
  state: State,
  page: LoadedPage,
  meanwhile: readonly Message[] = [],
): State {
  const { more, more_after = false } = page;
  return caughtUp({ ...state, messages: fresher(page.messages, meanwhile), more, more_after }, meanwhile);
}

/** Lets go of what is far from where the reader looks. */
export function trimmed<State extends LiveThread & { more: boolean }>(state: State, keep: "start" | "end"): State {
  if (state.messages.length <= KEPT_MESSAGES) return state;
  if (keep === "start") return { ...state, messages: state.messages.slice(0, KEPT_MESSAGES), more_after: true };
  return { ...state, messages: state.messages.slice(-KEPT_MESSAGES), more: true };
}

/** What was heard while a page was under way is newer than what the page says of it. */
function fresher(messages: readonly Message[], meanwhile: readonly Message[]): readonly Message[] {
  if (meanwhile.length === 0) return messages;
  const heard = new Map(meanwhile.map((message) => [message.id, message]));
  return messages.map((message) => heard.get(message.id) ?? message);
}

/** At the end of the conversation, with what was written since the page was read. */
function caughtUp<State extends LiveThread>(state: State, meanwhile: readonly Message[]): State {
  if (state.more_after) return state;
  return meanwhile.reduce(withMessage, state);
}
