import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import type { Load } from "~/modules/files/ui/uploading/tray";
import { applyMissed, applyToThread, type LiveThread, type Message, type MissedChanges } from "~/modules/messaging";
import { askServer } from "~/platform/ask-server";
import { newId } from "~/platform/ids";
import { useKeptThread } from "~/ui/offline/use-kept-thread";
import { afterReload } from "./after-reload";
import { useHubClient, useHubStatus, useTopic } from "./hub-provider";
import { useOutbox } from "./outbox/outbox-provider";
import { useThreadPages } from "./use-thread-pages";

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

/**
 * An open conversation that keeps itself up to date: starts from what the page loaded, hears the hub, catches up on
 * what it missed, loads earlier pages, and shows what is being sent at once.
 */
export function useThread<State extends LoadedThread>({ loaded, accountId, ...extra }: ThreadOptions<State>) {
  const [state, setState] = useState(loaded);
  const client = useHubClient();
  const id = loaded.conversation_id;
  const latest = useRef({ state, extra });
  latest.current = { state, extra };
  const pages = useRef<{ heard: (message: Message) => void }>();

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
        const missed = await askServer<MissedChanges & { more: boolean }>(
          `/conversations/${id}/changes?after=${after}`,
        );
        for (const { message } of missed.changes) if (message) pages.current?.heard(message);
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
      const { message } = (frame.data ?? {}) as { message?: Message };
      if (message) pages.current?.heard(message);
      setState((old) => {
        const next = applyToThread(old, frame, accountId);
        return latest.current.extra.onFrame?.(next, frame) ?? next;
      });
    },
    onGap: catchUp,
    onResync: () => {
      catchUp(latest.current.state.rev).catch(() => {});
      extra.onResync?.();
    },
    onRefused: extra.onRefused,
  });

  useKeptThread(useOutbox(id).outbox?.owner, state, loaded);
  const thread = useThreadPages(id, latest, setState);
  pages.current = thread;
  const sending = useSending(id, latest);
  const markRead = useReadMark(id, latest);
  const typing = useCallback(() => client?.say({ t: "typing", conversation: id }), [client, id]);
  const { loadEarlier, loadLater, goTo, toLatest } = thread;
  return { ...state, ...sending, loadEarlier, loadLater, goTo, toLatest, markRead, typing };
}

type Latest<State> = { readonly current: { state: State } };

export type SendOptions = {
  visibility?: "public" | "staff";
  basedOnSeq?: number | null;
  replyTo?: string | null;
  /** The files that go with it, whole or on their way. */
  load?: Load;
};

/** What is on its way out of this conversation. */
function useSending<State extends LoadedThread>(id: string, latest: Latest<State>) {
  const { outbox, queued } = useOutbox(id);
  useEffect(() => outbox?.opened(id), [outbox, id]);
  const { messages } = latest.current.state;
  const arrived = useMemo(() => new Set(messages.map((message) => message.client_id)), [messages]);
  const pending = useMemo(() => queued.filter((one) => !arrived.has(one.client_id)), [queued, arrived]);
  useEffect(() => {
    if (pending.length < queued.length) outbox?.arrived(arrived);
  }, [arrived, outbox, pending, queued]);
  const [sent, setSent] = useState(0);
  const send = useCallback(
    (text: string, { visibility = "public", basedOnSeq = null, replyTo = null, load }: SendOptions = {}) => {
      setSent((n) => n + 1);
      const written = { conversation: id, text, visibility, created_at: new Date().toISOString() };
      const asked = { reply_to: replyTo, based_on_seq: basedOnSeq };
      const begun = { attachments: [], state: "sending", code: null } as const;
      void outbox?.queue({ client_id: newId(), owner: outbox.owner, ...written, ...asked, ...begun }, load);
    },
    [id, outbox],
  );
  const retry = useCallback(
    (clientId: string, seenSeq = 0) => {
      const basis = outbox?.list().find((one) => one.client_id === clientId)?.based_on_seq ?? null;
      void outbox?.retry(clientId, basis === null ? null : Math.max(seenSeq, latest.current.state.last_seq));
    },
    [latest, outbox],
  );
  const discard = useCallback((clientId: string) => void outbox?.discard(clientId), [outbox]);
  const takeBack = useCallback((clientId: string) => void outbox?.take(clientId), [outbox]);
  const supply = useCallback(
    async (clientId: string, picked: readonly File[]) => (await outbox?.supply(clientId, picked)) ?? false,
    [outbox],
  );
  return { pending, sent, send, retry, discard, takeBack, supply };
}

/**
 * Says how far the reader has read, once for each step forward, while the tab is looked at; and again whenever the socket
 * opens, since what was said before, as while the page was loading, may have gone nowhere.
 */
function useReadMark<State extends LoadedThread>(id: string, latest: Latest<State>) {
  const client = useHubClient();
  const status = useHubStatus();
  const read = useRef<{ id: string; seq: number }>({ id, seq: 0 });
  useEffect(() => {
    const { seq } = read.current;
    if (status === "open" && read.current.id === id && seq > 0) client?.say({ t: "read", conversation: id, seq });
  }, [client, id, status]);
  return useCallback(
    (seq: number) => {
      if (document.visibilityState !== "visible") return;
      if (read.current.id !== id) read.current = { id, seq: 0 };
      if (seq <= Math.max(read.current.seq, latest.current.state.read_seq)) return;
      read.current.seq = seq;
      client?.say({ t: "read", conversation: id, seq });
    },
    [client, id, latest],
  );
}
