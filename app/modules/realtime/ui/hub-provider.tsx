import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef } from "react";
import type { HubClient, HubEvent, HubStatus } from "../client/hub-client";
import { useHub } from "../client/use-hub";
import type { Rev } from "../protocol";

/** What a part of the screen does with the news of one topic. */
export type TopicListener = {
  onEvent: (event: HubEvent) => void;
  /** Fetches what was missed after `afterRev` and resolves with the number reached. Conversations have it. */
  onGap?: (afterRev: number) => Promise<number>;
  /** The data must be loaded anew. */
  onResync?: () => void;
  /** The right to listen was refused or lost. */
  onRefused?: (code: string) => void;
};

type Listeners = Map<string, Set<TopicListener>>;
type Hub = { client: HubClient | null; listeners: Listeners; status: HubStatus };

const HubContext = createContext<Hub>({ client: null, listeners: new Map(), status: "connecting" });

type HubProviderProps = {
  /** Null while there is nobody to connect as. */
  url: string | null;
  /** The server said to stay away: signed out, or removed. */
  onEnded?: (code: number) => void;
  children: ReactNode;
};

/** Loading anew from a server that is away would put an error in the place of a page that people read and write on. */
const isServerThere = (): Promise<boolean> =>
  fetch("/readyz").then(
    (answer) => answer.ok,
    () => false,
  );

const CONVERSATION = "conversation:";
const ANY = "*";

/** The tab's one connection, for everything inside. */
export function HubProvider({ url, onEnded, children }: HubProviderProps) {
  const listeners = useRef<Listeners>(new Map()).current;
  const each = (topic: string, tell: (listener: TopicListener) => void) => listeners.get(topic)?.forEach(tell);
  const hear = (event: HubEvent) => {
    each(event.topic, (listener) => listener.onEvent(event));
    each(ANY, (listener) => listener.onEvent(event));
  };
  const resyncAll = () => {
    for (const topic of listeners.keys()) each(topic, (listener) => listener.onResync?.());
  };
  const { client, status } = useHub(url, {
    onEvent: hear,
    async onGap(conversationId, afterRev) {
      const topic = `${CONVERSATION}${conversationId}`;
      const reached = [...(listeners.get(topic) ?? [])].flatMap((listener) => listener.onGap?.(afterRev) ?? []);
      const revs = await Promise.all(reached);
      return Math.max(afterRev, ...revs);
    },
    onResync: (topic) => each(topic, (listener) => listener.onResync?.()),
    onRefused: (topic, code) => each(topic, (listener) => listener.onRefused?.(code)),
    onPoll: () => void isServerThere().then((there) => there && resyncAll()),
    onEnded,
  });
  const value = useMemo(() => ({ client, listeners, status }), [client, listeners, status]);
  return <HubContext.Provider value={value}>{children}</HubContext.Provider>;
}

export const useHubClient = (): HubClient | null => useContext(HubContext).client;
export const useHubStatus = (): HubStatus => useContext(HubContext).status;

/**
 * Listens to a topic while the component stands. `rev` is where the loaded data stand; it counts at the begin only. The
 * listener may change at every render.
 */
export function useTopic(topic: string | null, rev: Rev | undefined, listener: TopicListener): void {
  const { client, listeners } = useContext(HubContext);
  const latest = useRef(listener);
  latest.current = listener;
  const start = useRef(rev);
  start.current = rev;
  useEffect(() => {
    if (!client || topic === null) return;
    const mine: TopicListener = {
      onEvent: (event) => latest.current.onEvent(event),
      onGap: (afterRev) => latest.current.onGap?.(afterRev) ?? Promise.resolve(afterRev),
      onResync: () => latest.current.onResync?.(),
      onRefused: (code) => latest.current.onRefused?.(code),
    };
    const all = listeners.get(topic) ?? new Set();
    listeners.set(topic, all.add(mine));
    const release = client.subscribe(topic, start.current);
    return () => {
      release();
      all.delete(mine);
      if (all.size === 0) listeners.delete(topic);
    };
  }, [client, listeners, topic]);
}

/** Hears whatever comes, without asking for anything: what concerns the account comes on all its devices. */
export function useHubEvents(onEvent: (event: HubEvent) => void): void {
  const { listeners } = useContext(HubContext);
  const latest = useRef(onEvent);
  latest.current = onEvent;
  useEffect(() => {
    const mine: TopicListener = { onEvent: (event) => latest.current(event) };
    const all = listeners.get(ANY) ?? new Set();
    listeners.set(ANY, all.add(mine));
    return () => void all.delete(mine);
  }, [listeners]);
}
