import { CLOSE, comesBack, type Rev, type ServerFrame, SUBPROTOCOL } from "../protocol";
import { type Acknowledged, createOutgoing, type Outgoing } from "./outgoing";
import { createRevs } from "./revs";

export type HubEvent = Extract<ServerFrame, { t: "event" }>;
/** `ended`: the server said to stay away (signed out, removed), or `stop` was called. */
export type HubStatus = "connecting" | "open" | "offline" | "ended";

export type HubHandlers = {
  /** Something happened. May come twice or before what precedes it: apply by id and `seq`. */
  onEvent: (event: HubEvent) => void;
  /** Numbers jumped: fetch the changes after `afterRev`, apply them, resolve with the number reached. */
  onGap: (conversationId: string, afterRev: number) => Promise<number>;
  /** Fetch this list or conversation anew. */
  onResync: (topic: string) => void;
  /** The server refused to subscribe, or took a subscription back. */
  onRefused?: (topic: string, code: string) => void;
  /** Called every 5 s while no socket can be opened. */
  onPoll?: () => void;
  /** The server said to stay away, with its close code. */
  onEnded?: (code: number) => void;
};

export type HubClient = {
  /** Holds a topic over all reconnects. `rev` is where the screen's data stands. Returns the way to let go. */
  subscribe(topic: string, rev?: Rev): () => void;
  /** Resolves after the commit; rejects with `HubRefusal`. Tried again with the same `ref` until there is an answer. */
  send(frame: Outgoing & Record<string, unknown>): Promise<Acknowledged>;
  /** Read marks and typing: said when there is a socket, else left out. */
  say(frame: { t: "read"; conversation: string; seq: number } | { t: "typing"; conversation: string }): void;
  status(): HubStatus;
  onStatus(listener: () => void): () => void;
  stop(): void;
};

const BEAT_MS = 15_000;
const POLL_MS = 5_000;
const RETRY_SECONDS = 2;
const POLL_AFTER = 2;
const FIRST_DELAY_MS = 500;
const MAX_DELAY_MS = 30_000;
const DRAIN_SPREAD_MS = 2_000;

/** How long to wait before opening again: longer each time, never the same for two clients. */
export function reconnectDelay(failures: number, code: number, random: () => number = Math.random): number {
  if (code === CLOSE.draining && failures <= 1) return random() * DRAIN_SPREAD_MS;
  const most = Math.min(FIRST_DELAY_MS * 2 ** failures, MAX_DELAY_MS);
  return most / 2 + (random() * most) / 2;
}

/** The tab's one socket to the hub: comes back by itself, notices what it missed, keeps what was not answered. */
export function createHubClient(url: string, handlers: HubHandlers): HubClient {
  const revs = createRevs(handlers);
  const listeners = new Set<() => void>();
  let socket: WebSocket | undefined;
  let state: HubStatus = "connecting";
  let failures = 0;
  let unanswered = 0;
  let feed: string | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (frame: { t: string; [key: string]: unknown }): boolean => {
    if (state !== "open") return false;
    socket?.send(JSON.stringify(frame));
    return true;
  };
  const outgoing = createOutgoing(say);
  const become = (next: HubStatus) => {
    if (state === next) return;
    state = next;
    for (const listener of listeners) listener();
  };

  const heads = (all: Record<string, number>) => {
    for (const id in all) revs.stands(`conversation:${id}`, all[id] as number);
  };
  const hear = (frame: ServerFrame) => {
    unanswered = 0;
    if (frame.t === "event") {
      if (revs.advance(frame.topic, frame.rev)) handlers.onEvent(frame);
    } else if (frame.t === "ack") outgoing.acknowledged(frame);
    else if (frame.t === "subscribed") revs.stands(frame.topic, frame.rev);
    else if (frame.t === "heads") heads(frame.heads);
    else if (frame.t === "resync") handlers.onResync(frame.topic);
    else if (frame.t === "welcome") {
      failures = 0;
      feed = frame.feed;
      heads(frame.heads);
    } else if (frame.t === "error") {
      const topic = (frame.data as { topic?: string } | undefined)?.topic;
      if (frame.ref) outgoing.refused(frame);
      else if (topic) refusedTopic(topic, frame.code, frame.data);
    }
  };
  const refusedTopic = (topic: string, code: string, data: unknown) => {
    // A fault of the server's says nothing about the right to hear.
    const passes = code === "unavailable" || code === "internal" ? RETRY_SECONDS : 0;
    const after = code === "too_many_requests" ? (data as { retry_after: number }).retry_after : passes;
    if (after > 0) setTimeout(() => revs.topics().includes(topic) && say({ t: "sub", topic }), after * 1000);
    else {
      revs.drop(topic);
      handlers.onRefused?.(topic, code);
    }
  };

  const opened = () => {
    become("open");
    unanswered = 0;
    say({ t: "hello", resume: { conversations: revs.resume(), feed } });
    for (const topic of revs.topics()) say({ t: "sub", topic });
    outgoing.sayAll();
  };
  const closed = (code: number) => {
    socket = undefined;
    if (state === "ended") return;
    if (!comesBack(code)) return finish(code);
    failures++;
    become("offline");
    clearTimeout(timer);
    timer = setTimeout(open, reconnectDelay(failures, code));
  };
  /** A socket that is given up says nothing more, whenever the browser notices that it is gone. */
  const abandon = (): void => {
    const old = socket;
    if (!old) return;
    old.onopen = old.onmessage = old.onclose = null;
    old.close();
    socket = undefined;
  };
  const finish = (code: number) => {
    become("ended");
    clearTimeout(timer);
    clearInterval(beats);
    clearInterval(polls);
    if (typeof window !== "undefined") window.removeEventListener("online", hurry);
    abandon();
    outgoing.end("ended");
    if (code) handlers.onEnded?.(code);
  };
  const open = () => {
    // A machine without a network is asked again at a slow pace: `onLine` is sometimes wrong.
    if (typeof navigator !== "undefined" && navigator.onLine === false && failures < 3) return closed(0);
    abandon();
    become("connecting");
    const mine = new WebSocket(url, SUBPROTOCOL);
    socket = mine;
    mine.onopen = opened;
    mine.onmessage = (message) => hear(JSON.parse(message.data as string) as ServerFrame);
    mine.onclose = (event) => closed(event.code);
  };
  /** The network is back: a socket that waits is opened now, one that is open is asked whether it lives. */
  const hurry = () => {
    if (state === "open") return beat();
    clearTimeout(timer);
    failures = 0;
    open();
  };
  const beat = () => {
    if (state !== "open") return;
    if (unanswered >= 2) {
      abandon();
      return closed(0);
    }
    unanswered++;
    say({ t: "ping" });
  };

  const beats = setInterval(beat, BEAT_MS);
  const polls = setInterval(() => {
    if (state !== "open" && failures >= POLL_AFTER) handlers.onPoll?.();
  }, POLL_MS);
  if (typeof window !== "undefined") window.addEventListener("online", hurry);
  open();

  return {
    subscribe(topic, rev) {
      revs.hold(topic, rev);
      say({ t: "sub", topic });
      return () => {
        if (revs.release(topic)) say({ t: "unsub", topic });
      };
    },
    send: outgoing.send,
    say: (frame) => void say(frame),
    status: () => state,
    onStatus(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => finish(0),
  };
}
