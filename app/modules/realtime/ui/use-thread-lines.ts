import { useCallback, useEffect, useMemo } from "react";
import type { Message } from "~/modules/messaging";
import { blocksOf } from "./thread-rows";
import { useQuoted } from "./use-quoted";
import { type ScrolledThread, useThreadScroll } from "./use-thread-scroll";

type Line = { kind: string } | { kind: "message"; message: Message };

type Options = {
  live: ScrolledThread;
  entries: readonly Line[];
  /** How many more lines follow them. */
  pending: number;
  onSeen?: (seq: number) => void;
  startAt?: number;
  /** The message to go to now, and the how many times one was asked for. */
  goTo?: { seq: number; turn: number };
};

/** The lines of a thread as one scrolls them, with the messages that they answer and the way to those. */
export function useThreadLines({ live, entries, pending, onSeen, startAt, goTo }: Options) {
  const quoted = useQuoted(live.conversation_id, live.messages);
  const indexOf = useCallback(
    (seq: number) => entries.findIndex((entry) => "message" in entry && entry.message.seq === seq),
    [entries],
  );
  const seqFrom = (index: number) => entries.slice(index).find((entry) => "message" in entry)?.message.seq;
  const scroll = useThreadScroll({ live, count: entries.length + pending, indexOf, seqFrom, onSeen, startAt });
  const blocks = useMemo(() => blocksOf(entries), [entries]);
  const { seek } = scroll;
  useEffect(() => {
    if (goTo) void seek(goTo.seq);
  }, [goTo, seek]);
  const onQuote = useCallback((message: Message) => void seek(message.seq), [seek]);
  return { scroll, blocks, quoted, onQuote };
}
