import { ArrowDown } from "lucide-react";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useHydrated } from "remix-utils/use-hydrated";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import type { Message } from "~/modules/messaging";
import { pickedChoices } from "~/modules/messaging/ui/picked-choices";
import type { PendingMessage } from "~/modules/realtime/ui/pending";
import { threadEntries } from "~/modules/tickets/ui/thread-entries";
import { CountBadge } from "~/ui/badge";
import { useDateReader } from "~/ui/time";
import type { Names } from "./event-line-of";
import { PendingItem } from "./pending-item";
import { ThreadItem } from "./thread-item";
import type { useTicketThread } from "./use-ticket-thread";

type Live = ReturnType<typeof useTicketThread>;

type ThreadViewProps = {
  live: Live;
  memberId: string;
  names: Names;
  pending: readonly PendingMessage[];
  /** The last message that has been on screen. */
  onSeen: (seq: number) => void;
};

const NEAR_END_PX = 48;
const NEAR_START_PX = 500;

/** The conversation: all of its tickets in one scroll, the newest at the bottom and in sight. */
export function ThreadView({ live, memberId, names, pending, onSeen }: ThreadViewProps) {
  const { t } = useTranslation();
  const { timeZone } = useDateReader();
  const hydrated = useHydrated();
  const { messages, more, tickets, events } = live;
  const [unreadAfter] = useState(live.read_seq);
  const entries = useMemo(
    () => threadEntries({ messages, more, tickets, events, unreadAfter, memberId, timeZone }),
    [messages, more, tickets, events, unreadAfter, memberId, timeZone],
  );
  const picked = useMemo(() => pickedChoices(messages), [messages]);
  const byId = useMemo(() => new Map(messages.map((m) => [m.id, m])), [messages]);
  const scroll = useThreadScroll(live, entries.length + pending.length, onSeen);
  const { rows } = scroll;
  const goTo = useCallback(
    (message: Message) => {
      const index = entries.findIndex((entry) => entry.kind === "message" && entry.message.id === message.id);
      if (index >= 0) rows.current?.scrollToIndex(index, { align: "center" });
    },
    [entries, rows],
  );
  const goToLatest = useRef(goTo);
  goToLatest.current = goTo;
  const onQuote = useCallback((message: Message) => goToLatest.current(message), []);

  const lines = [
    ...entries.map((entry) => (
      <ThreadItem
        key={entry.key}
        entry={entry}
        memberId={memberId}
        names={names}
        picked={entry.kind === "message" ? picked.get(entry.message.id) : undefined}
        quoted={entry.kind === "message" ? byId.get(entry.message.reply_to ?? "") : undefined}
        onQuote={onQuote}
      />
    )),
    ...pending.map((message) => (
      <PendingItem key={message.client_id} message={message} onRetry={live.retry} onDiscard={live.discard} />
    )),
  ];
  return (
    <div className="relative min-h-0 flex-1">
      <section
        ref={scroll.box}
        aria-label={t("conversation.thread")}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: who scrolls with the keys must be able to get here.
        tabIndex={0}
        className="h-full overflow-y-auto overscroll-contain pb-2 outline-offset-[-2px]"
      >
        <div role="log" aria-live="polite" aria-relevant="additions" aria-label={t("conversation.thread")}>
          {hydrated ? (
            <Virtualizer ref={scroll.rows} scrollRef={scroll.box} shift={scroll.prepending} onScroll={scroll.onScroll}>
              {lines}
            </Virtualizer>
          ) : (
            lines
          )}
        </div>
      </section>
      {!scroll.atEnd && (
        <button
          type="button"
          onClick={scroll.toEnd}
          aria-label={t("conversation.jumpToLatest")}
          className="touch-target absolute right-4 bottom-3 inline-flex size-10 items-center justify-center rounded-full border border-line bg-raised text-ink-soft shadow-float hover:text-ink"
        >
          <ArrowDown aria-hidden className="size-5" />
          <span className="absolute -top-1.5 -right-1.5">
            <CountBadge count={scroll.below} />
          </span>
        </button>
      )}
    </div>
  );
}

/** Keeps the end in sight while the reader is there, leaves them alone while they read further up, and loads what is earlier. */
function useThreadScroll(live: Live, count: number, onSeen: (seq: number) => void) {
  const box = useRef<HTMLElement>(null);
  const rows = useRef<VirtualizerHandle>(null);
  const [atEnd, setAtEnd] = useState(true);
  const [leftAt, setLeftAt] = useState(live.last_seq);
  const stick = useRef(true);
  const lines = useRef(count);
  lines.current = count;
  const lastTop = useRef(0);
  const firstSeq = live.messages[0]?.seq ?? 0;
  const shownFirst = useRef(firstSeq);
  const prepending = firstSeq < shownFirst.current;
  const { last_seq: lastSeq, markRead, loadEarlier } = live;

  const toEnd = useCallback(() => {
    stick.current = true;
    const element = box.current;
    rows.current?.scrollToIndex(lines.current - 1, { align: "end" });
    requestAnimationFrame(() => element?.scrollTo({ top: element.scrollHeight }));
  }, []);

  useEffect(() => {
    shownFirst.current = firstSeq;
  }, [firstSeq]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the end moves when something is added.
  useEffect(() => {
    if (stick.current) toEnd();
  }, [count, toEnd]);
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
      onSeen(lastSeq);
    };
    seen();
    document.addEventListener("visibilitychange", seen);
    return () => document.removeEventListener("visibilitychange", seen);
  }, [atEnd, lastSeq, markRead, onSeen]);

  const onScroll = () => {
    const element = box.current;
    if (!element) return;
    const near = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    // Only going up leaves the end: what grows below it moves nobody.
    const up = element.scrollTop < lastTop.current;
    lastTop.current = element.scrollTop;
    if (!near && !up && stick.current) return;
    stick.current = near;
    setAtEnd((was) => {
      if (was && !near) setLeftAt(lastSeq);
      return near;
    });
    if (element.scrollTop < NEAR_START_PX) void loadEarlier();
  };
  const below = atEnd ? 0 : live.messages.filter((m) => m.seq > leftAt).length;
  return { box, rows, atEnd, below, prepending, onScroll, toEnd };
}
