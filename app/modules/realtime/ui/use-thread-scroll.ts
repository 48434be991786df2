import { useCallback, useEffect, useRef, useState } from "react";
import type { Message } from "~/modules/messaging";
import { placeIn, rememberPlace, type ThreadPlace } from "./thread-places";
import { firstInSight, lineAt, useHeldLines } from "./thread-rows";

const NEAR_END_PX = 48;
const NEAR_START_PX = 500;
/** Who goes up finds what is earlier there already. */
const AHEAD_SCREENS = 6;
const FLASH_MS = 1_600;

export type ScrolledThread = {
  conversation_id: string;
  messages: readonly Message[];
  more_after?: boolean;
  last_seq: number;
  markRead: (seq: number) => void;
  loadEarlier: () => Promise<void>;
  loadLater: () => Promise<void>;
  goTo: (seq: number) => Promise<boolean>;
  toLatest: () => Promise<void>;
  /** How many messages were sent from here. */
  sent: number;
};

type Options = {
  live: ScrolledThread;
  /** How many lines there are. */
  count: number;
  /** Where a message stands among the lines; -1 where it does not. */
  indexOf: (seq: number) => number;
  /** The first message at or after a line. */
  seqFrom: (index: number) => number | undefined;
  /** The last message that has been on screen. */
  onSeen?: (seq: number) => void;
  /** The message to begin at, in place of where the reader was or the end. */
  startAt?: number;
};

/**
 * Keeps the end in sight while the reader is there, leaves them alone while they read further up, loads what is earlier and
 * later as they come near, and goes to a message wherever it is.
 */
export function useThreadScroll({ live, count, indexOf, seqFrom, onSeen, startAt }: Options) {
  const box = useRef<HTMLElement>(null);
  const away = live.more_after ?? false;
  const [place] = useState(() => (startAt === undefined ? placeIn(live.conversation_id) : undefined));
  const fromEnd = startAt === undefined && !place;
  const [near, setNear] = useState(fromEnd);
  const [leftAt, setLeftAt] = useState(place?.leftAt ?? live.last_seq);
  const stick = useRef(fromEnd);
  const last = useRef({ top: 0, height: 0 });
  const { look, hold } = useHeldLines(box);
  const atEnd = near && !away;
  const { last_seq: lastSeq, markRead, loadEarlier, loadLater, toLatest, sent } = live;
  const { target, seek } = useTarget({ live, box, indexOf, startAt, place, stick });

  const scrollToEnd = useCallback(() => {
    stick.current = true;
    box.current?.scrollTo({ top: box.current.scrollHeight });
  }, []);
  const toEnd = useCallback(async () => {
    await toLatest();
    setNear(true);
    scrollToEnd();
  }, [scrollToEnd, toLatest]);
  // Who writes while reading further up wants to see it arrive.
  const shownSent = useRef(sent);
  useEffect(() => {
    if (sent === shownSent.current) return;
    shownSent.current = sent;
    void toEnd();
  }, [sent, toEnd]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves when something is added.
  useEffect(() => {
    if (stick.current && !away) scrollToEnd();
  }, [count, away, scrollToEnd]);
  // A composer that grows takes from the height, a picture adds to it: the end stays in sight, or what is read.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => {
      if (stick.current) element.scrollTo({ top: element.scrollHeight });
      else hold();
    });
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, [hold]);
  useEffect(() => {
    if (!atEnd) return;
    const seen = () => {
      if (document.visibilityState !== "visible") return;
      markRead(lastSeq);
      onSeen?.(lastSeq);
    };
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [atEnd, lastSeq, markRead, onSeen]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    look();
    const below = element.scrollHeight - element.scrollTop - element.clientHeight;
    const nearEnd = below < NEAR_END_PX;
    // Only going up leaves the end, by more than what became smaller: what grows or is measured anew moves nobody.
    const up = last.current.top - element.scrollTop > Math.max(0, last.current.height - element.scrollHeight);
    last.current = { top: element.scrollTop, height: element.scrollHeight };
    if (!nearEnd && !up && stick.current) return;
    stick.current = nearEnd && !away;
    const left = near && !nearEnd ? lastSeq : leftAt;
    setLeftAt(left);
    setNear(nearEnd);
    rememberPlace(live.conversation_id, stick.current ? null : placeNow(element, { indexOf, seqFrom }, left));
    const ahead = up ? AHEAD_SCREENS * element.clientHeight : 0;
    if (element.scrollTop < Math.max(NEAR_START_PX, ahead)) void loadEarlier();
    else if (below < NEAR_START_PX) void loadLater();
  };
  const below = atEnd ? 0 : Math.max(0, lastSeq - leftAt);
  return { box, atEnd, below, onScroll, toEnd, target, seek };
}

/** Where the reader is now; null where no message is in sight. */
function placeNow(
  box: HTMLElement,
  { indexOf, seqFrom }: Pick<Options, "indexOf" | "seqFrom">,
  leftAt: number,
): ThreadPlace | null {
  const seq = seqFrom(firstInSight(box));
  const line = seq === undefined ? undefined : lineAt(box, indexOf(seq));
  if (!line || seq === undefined) return null;
  return { seq, offset: box.scrollTop - line.offsetTop, leftAt };
}

type Seeking = Pick<Options, "live" | "indexOf" | "startAt"> & {
  place: ThreadPlace | undefined;
  box: { current: HTMLElement | null };
  stick: { current: boolean };
};

type Wanted = { seq: number; place?: ThreadPlace };

/** Goes to a message, loading the stretch around it where it is not there, and marks it for a moment; or to a place. */
function useTarget({ live, box, indexOf, startAt, place, stick }: Seeking) {
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [target, setTarget] = useState<number | null>(null);
  const { goTo } = live;
  const seek = useCallback(
    async (seq: number) => {
      if (await goTo(seq)) setWanted({ seq });
    },
    [goTo],
  );
  useEffect(() => {
    if (startAt !== undefined) void seek(startAt);
  }, [seek, startAt]);
  useEffect(() => {
    if (place) void goTo(place.seq).then((there) => there && setWanted({ seq: place.seq, place }));
  }, [goTo, place]);
  useEffect(() => {
    if (wanted === null) return;
    const element = box.current;
    const line = element && lineAt(element, indexOf(wanted.seq));
    if (!line) return;
    stick.current = false;
    setWanted(null);
    if (!wanted.place) setTarget(wanted.seq);
    const above = wanted.place ? -wanted.place.offset : (element.clientHeight - line.offsetHeight) / 2;
    element.scrollTo({ top: line.offsetTop - above });
  }, [wanted, indexOf, box, stick]);
  useEffect(() => {
    if (target === null) return;
    const timer = setTimeout(() => setTarget(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return { target, seek };
}
