import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { applyMissed, applyToThread, type LiveThread, type Message, type MissedChanges } from "~/modules/messaging";
import { newId } from "~/platform/ids";
import { HubRefusal } from "../client/outgoing";
import { afterReload } from "./after-reload";
import { useHubClient, useTopic } from "./hub-provider";
import { type PendingMessage, pendingAfter, stillPending } from "./pending";

/** What a page loads of a conversation. */
export type LoadedThread = LiveThread & { conversation_id: string; more: boolean };

type Extra<State> = {
  /** What else of the state a frame changes (a ticket's history). */
  onFrame?: (state: State, frame: { event: string; data: unknown }) => State;
  onMissed?: (state: State, missed: MissedChanges) => State;
  /** What a new load of the same conversation leaves of what was heard before it. */
  onReload?: (loaded: State, old: State) => State;
  /** After what was missed has been fetched. */
  onCaughtUp?: (missed: MissedChanges) => void;
  /** Others than messages: who types. */
  onSignal?: (event: string, data: unknown) => void;
  onResync?: () => void;
  onRefused?: (code: string) => void;
};

type ThreadOptions<State> = Extra<State> & {
  loaded: State;
  /** Whose read pointer is the reader's own; null for a customer. */
  accountId: string | null;
};

const PAGE = 60;
const path = (id: string, rest: string) => `/conversations/${id}/${rest}`;

/** What went wrong with a send: a code with a text for people, and what came with it. */
const failureOf = (error: unknown): { code: string; data?: unknown } =>
  error instanceof HubRefusal ? { code: error.code, data: error.data } : { code: "offline" };

/**
 * An open conversation that keeps itself up to date: starts from what the page loaded, hears the hub, catches up on
 * what it missed, loads earlier pages, and shows what is being sent at once.
 */
export function useThread<State extends LoadedThread>({ loaded, accountId, ...extra }: ThreadOptions<State>) {
  const [state, setState] = useState(loaded);
  const [pending, dispatch] = useReducer(pendingAfter, []);
  const client = useHubClient();
  const id = loaded.conversation_id;
  const latest = useRef({ state, extra });
  latest.current = { state, extra };

  // A new load (another conversation, or the same one anew) begins from there, and keeps earlier pages of the same one.
  const [source, setSource] = useState(loaded);
  if (source !== loaded) {
    setSource(loaded);
    setState((old) => {
      const next = afterReload(loaded, old);
      return old.conversation_id === id ? (extra.onReload?.(next, old) ?? next) : next;
    });
  }

  const catchUp = useCallback(
    async (afterRev: number): Promise<number> => {
      let after = afterRev;
      for (;;) {
        const answer = await fetch(path(id, `changes?after=${after}`), { headers: { accept: "application/json" } });
        if (!answer.ok) return after;
        const missed = (await answer.json()) as MissedChanges & { more: boolean };
        setState((old) => {
          const next = applyMissed(old, missed);
          return latest.current.extra.onMissed?.(next, missed) ?? next;
        });
        latest.current.extra.onCaughtUp?.(missed);
        after = Math.max(after, missed.rev);
        if (!missed.more) return after;
      }
    },
    [id],
  );

  useTopic(`conversation:${id}`, loaded.rev, {
    onEvent(frame) {
      if (frame.event === "typing" || frame.event === "presence") return extra.onSignal?.(frame.event, frame.data);
      setState((old) => {
        const next = applyToThread(old, frame, accountId);
        return latest.current.extra.onFrame?.(next, frame) ?? next;
      });
    },
    onGap: catchUp,
    onResync: () => {
      void catchUp(latest.current.state.rev);
      extra.onResync?.();
    },
    onRefused: extra.onRefused,
  });

  const deliver = useCallback(
    (message: PendingMessage) => {
      const frame = {
        t: "send" as const,
        ref: message.client_id,
        conversation: id,
        text: message.text,
        visibility: message.visibility,
        ...(message.based_on_seq !== null && { based_on_seq: message.based_on_seq }),
      };
      const sending = client ? client.send(frame) : post(id, message);
      sending.catch((error: unknown) => dispatch({ do: "fail", clientId: message.client_id, ...failureOf(error) }));
    },
    [client, id],
  );

  const send = useCallback(
    (text: string, options: { visibility?: "public" | "staff"; basedOnSeq?: number | null } = {}) => {
      const message: PendingMessage = {
        client_id: newId(),
        text,
        visibility: options.visibility ?? "public",
        based_on_seq: options.basedOnSeq ?? null,
        created_at: new Date().toISOString(),
        state: "sending",
        code: null,
      };
      dispatch({ do: "add", message });
      deliver(message);
    },
    [deliver],
  );

  const retry = useCallback(
    (clientId: string, seenSeq = 0) => {
      const message = pending.find((m) => m.client_id === clientId);
      if (!message) return;
      const basedOnSeq = message.based_on_seq === null ? null : Math.max(seenSeq, latest.current.state.last_seq);
      dispatch({ do: "retry", clientId, basedOnSeq });
      deliver({ ...message, based_on_seq: basedOnSeq });
    },
    [deliver, pending],
  );

  const waiting = useMemo(() => stillPending(pending, state.messages), [pending, state.messages]);
  // Those that have arrived need not be remembered.
  useEffect(() => {
    for (const m of pending) if (!waiting.includes(m)) dispatch({ do: "drop", clientId: m.client_id });
  }, [pending, waiting]);

  const loadEarlier = useEarlierPages(id, latest, setState);
  const discard = useCallback((clientId: string) => dispatch({ do: "drop", clientId }), []);
  const markRead = useReadMark(id, latest);
  const typing = useCallback(() => client?.say({ t: "typing", conversation: id }), [client, id]);
  return { ...state, pending: waiting, send, retry, discard, loadEarlier, markRead, typing };
}

/** Where no socket is: the same verb by HTTP. */
async function post(id: string, message: PendingMessage): Promise<unknown> {
  const { client_id, text, visibility, based_on_seq } = message;
  const answer = await fetch(path(id, "messages"), {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ client_id, text, visibility, based_on_seq }),
  });
  if (answer.ok) return answer.json();
  const body = (await answer.json().catch(() => null)) as { code?: string; data?: unknown } | null;
  throw new HubRefusal(body?.code ?? "unexpected", body?.data);
}

type Latest<State> = { readonly current: { state: State } };

function useEarlierPages<State extends LoadedThread>(
  id: string,
  latest: Latest<State>,
  setState: (change: (old: State) => State) => void,
) {
  const loading = useRef(false);
  return useCallback(async () => {
    const { state } = latest.current;
    const first = state.messages[0]?.seq;
    if (!state.more || first === undefined || loading.current) return;
    loading.current = true;
    try {
      const answer = await fetch(path(id, `messages?before_seq=${first}&limit=${PAGE}`), {
        headers: { accept: "application/json" },
      });
      if (!answer.ok) return;
      const page = (await answer.json()) as { messages: Message[]; more: boolean };
      setState((old) =>
        old.conversation_id === id && old.messages[0]?.seq === first
          ? { ...old, messages: [...page.messages, ...old.messages], more: page.more }
          : old,
      );
    } finally {
      loading.current = false;
    }
  }, [id, latest, setState]);
}

/** Says how far the reader has read, once for each step forward, while the tab is looked at. */
function useReadMark<State extends LoadedThread>(id: string, latest: Latest<State>) {
  const client = useHubClient();
  const said = useRef<{ id: string; seq: number }>({ id, seq: 0 });
  return useCallback(
    (seq: number) => {
      if (document.visibilityState !== "visible") return;
      if (said.current.id !== id) said.current = { id, seq: 0 };
      if (seq <= Math.max(said.current.seq, latest.current.state.read_seq)) return;
      said.current.seq = seq;
      client?.say({ t: "read", conversation: id, seq });
    },
    [client, id, latest],
  );
}
