import { useCallback, useEffect, useRef, useState } from "react";
import type { VirtualizerHandle } from "virtua";
import type { Message } from "~/modules/messaging";
import { placeIn, rememberPlace, type ThreadPlace } from "./thread-places";

const NEAR_END_PX = 48;
const NEAR_START_PX = 500;
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
  const rows = useRef<VirtualizerHandle>(null);
  const away = live.more_after ?? false;
  const [place] = useState(() => (startAt === undefined ? placeIn(live.conversation_id) : undefined));
  const fromEnd = startAt === undefined && !place;
  const [near, setNear] = useState(fromEnd);
  const [leftAt, setLeftAt] = useState(place?.leftAt ?? live.last_seq);
  const stick = useRef(fromEnd);
  const lines = useRef(count);
  lines.current = count;
  const last = useRef({ top: 0, height: 0 });
  const firstSeq = live.messages[0]?.seq ?? 0;
  const shownFirst = useRef(firstSeq);
  const shifting = useShifting(live.messages, shownFirst);
  const atEnd = near && !away;
  const { last_seq: lastSeq, markRead, loadEarlier, loadLater, toLatest, sent } = live;
  const { target, seek } = useTarget({ live, rows, indexOf, startAt, place, stick });

  const scrollToEnd = useCallback(() => {
    stick.current = true;
    const element = box.current;
    rows.current?.scrollToIndex(lines.current - 1, { align: "end" });
    requestAnimationFrame(() => element?.scrollTo({ top: element.scrollHeight }));
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

  useEffect(() => {
    shownFirst.current = firstSeq;
  }, [firstSeq]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves when something is added.
  useEffect(() => {
    if (stick.current && !away) scrollToEnd();
  }, [count, away, scrollToEnd]);
  // A composer that grows takes from the height, and rows are measured as they come: the end stays in sight.
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const watch = new ResizeObserver(() => stick.current && element.scrollTo({ top: element.scrollHeight }));
    watch.observe(element);
    if (element.firstElementChild) watch.observe(element.firstElementChild);
    return () => watch.disconnect();
  }, []);
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
    rememberPlace(live.conversation_id, stick.current ? null : placeNow(rows.current, { indexOf, seqFrom }, left));
    if (element.scrollTop < NEAR_START_PX) void loadEarlier();
    else if (below < NEAR_START_PX) void loadLater();
  };
  const below = atEnd ? 0 : Math.max(0, lastSeq - leftAt);
  return { box, rows, atEnd, below, shifting, onScroll, toEnd, target, seek };
}

/** Whether lines come or go at the begin in this turn: then what is in sight is held by its distance to the end. */
function useShifting(messages: readonly Message[], shownFirst: { current: number }): boolean {
  const firstSeq = messages[0]?.seq ?? 0;
  const overlaps = messages.some((message) => message.seq === shownFirst.current) || firstSeq > shownFirst.current;
  return firstSeq !== shownFirst.current && overlaps;
}

/** Where the reader is now; null where no message is in sight. */
function placeNow(
  rows: VirtualizerHandle | null,
  { indexOf, seqFrom }: Pick<Options, "indexOf" | "seqFrom">,
  leftAt: number,
): ThreadPlace | null {
  const seq = rows ? seqFrom(rows.findItemIndex(rows.scrollOffset)) : undefined;
  if (!rows || seq === undefined) return null;
  return { seq, offset: rows.scrollOffset - rows.getItemOffset(indexOf(seq)), leftAt };
}

type Seeking = Pick<Options, "live" | "indexOf" | "startAt"> & {
  place: ThreadPlace | undefined;
  rows: { current: VirtualizerHandle | null };
  stick: { current: boolean };
};

type Wanted = { seq: number; place?: ThreadPlace };

/** Goes to a message, loading the stretch around it where it is not there, and marks it for a moment; or to a place. */
function useTarget({ live, rows, indexOf, startAt, place, stick }: Seeking) {
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
    const index = indexOf(wanted.seq);
    if (index < 0) return;
    stick.current = false;
    setWanted(null);
    if (!wanted.place) setTarget(wanted.seq);
    const align = wanted.place
      ? ({ align: "start", offset: wanted.place.offset } as const)
      : ({ align: "center" } as const);
    // Once more when the rows around it are measured.
    const show = () => rows.current?.scrollToIndex(index, align);
    show();
    requestAnimationFrame(() => requestAnimationFrame(show));
  }, [wanted, indexOf, rows, stick]);
  useEffect(() => {
    if (target === null) return;
    const timer = setTimeout(() => setTarget(null), FLASH_MS);
    return () => clearTimeout(timer);
  }, [target]);
  return { target, seek };
}
