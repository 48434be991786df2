import type { Message } from "./message-view";

/** The part of an open conversation that events change. `rev` is the reader's own count. */
export type LiveThread = {
  readonly messages: readonly Message[];
  readonly rev: number;
  readonly last_seq: number;
  readonly read_seq: number;
  readonly customer_read_seq: number;
};

/** A frame of the hub for a conversation, as `realtime.md` names it. */
export type ConversationFrame = { event: string; rev?: number | string; data: unknown };

type ReadData = {
  seq: number;
  reader: { kind: "contact" | "account" | "organisation"; id: string | null };
  /** In a direct chat: there whoever is not the reader is the other one. */
  direct?: true;
};
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
  const messages = state.messages.map(
    (m): Message => (reached(m) ? { ...m, delivery: "read", delivery_error: null } : m),
  );
  return { ...state, messages, customer_read_seq: seq };
}

function withRev<State extends LiveThread>(state: State, rev: number | string | undefined): State {
  return typeof rev === "number" && rev > state.rev ? { ...state, rev } : state;
}

/** The conversation with a message as it is now. */
function withMessage<State extends LiveThread>(state: State, message: Message): State {
  // What is older than the loaded page will come with its page.
  const oldest = state.messages[0]?.seq;
  if (oldest !== undefined && message.seq < oldest) return state;
  const last_seq = Math.max(state.last_seq, message.seq);
  return { ...state, messages: placeMessage(state.messages, message), last_seq };
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
    case "message.reacted": {
      // What the state's number covers, it holds: an older frame would take a newer change back.
      if (typeof frame.rev === "number" && frame.rev <= state.rev) return next;
      const { message } = frame.data as { message: Message };
      return withMessage(next, message);
    }
    case "message.delivery": {
      const news = frame.data as DeliveryData;
      const change = (m: Message) =>
        m.id === news.id ? { ...m, delivery: news.delivery, delivery_error: news.delivery_error } : m;
      return { ...next, messages: next.messages.map(change) };
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
