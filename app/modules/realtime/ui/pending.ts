import type { Message } from "~/modules/messaging";

/** A message on its way: on screen at once, known by its `client_id` until the server has it. */
export type PendingMessage = {
  client_id: string;
  text: string;
  visibility: "public" | "staff";
  /** The last seq that the writer had on screen. */
  based_on_seq: number | null;
  created_at: string;
  state: "sending" | "failed";
  /** Why it failed, as an error code, and what the server told with it. */
  code: string | null;
  data?: unknown;
};

export type PendingAction =
  | { do: "add"; message: PendingMessage }
  | { do: "fail"; clientId: string; code: string; data?: unknown }
  | { do: "retry"; clientId: string; basedOnSeq: number | null }
  | { do: "drop"; clientId: string };

/** What is on its way after a step. */
export function pendingAfter(pending: readonly PendingMessage[], action: PendingAction): readonly PendingMessage[] {
  if (action.do === "add") return [...pending, action.message];
  if (action.do === "drop") return pending.filter((m) => m.client_id !== action.clientId);
  return pending.map((m): PendingMessage => {
    if (m.client_id !== action.clientId) return m;
    if (action.do === "fail") return { ...m, state: "failed", code: action.code, data: action.data };
    return { ...m, state: "sending", code: null, data: undefined, based_on_seq: action.basedOnSeq };
  });
}

/** Those that have not arrived in the thread yet. */
export function stillPending(
  pending: readonly PendingMessage[],
  messages: readonly Pick<Message, "client_id">[],
): readonly PendingMessage[] {
  if (pending.length === 0) return pending;
  const arrived = new Set(messages.map((m) => m.client_id));
  return pending.filter((m) => !arrived.has(m.client_id));
}
