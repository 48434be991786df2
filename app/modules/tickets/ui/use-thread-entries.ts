import { useMemo, useRef } from "react";
import { type ThreadEntry, type ThreadParts, threadEntries } from "./thread-entries";

/** The lines of a thread. One that says the same as before is the same: it is not drawn again. */
export function useThreadEntries(parts: ThreadParts): readonly ThreadEntry[] {
  const { messages, more, tickets, events, unreadAfter, memberId, timeZone } = parts;
  const before = useRef<readonly ThreadEntry[]>([]);
  return useMemo(() => {
    const now = threadEntries({ messages, more, tickets, events, unreadAfter, memberId, timeZone });
    before.current = keepSame(now, before.current);
    return before.current;
  }, [messages, more, tickets, events, unreadAfter, memberId, timeZone]);
}

export function keepSame(now: readonly ThreadEntry[], before: readonly ThreadEntry[]): readonly ThreadEntry[] {
  const known = new Map(before.map((entry) => [entry.key, entry]));
  return now.map((entry) => {
    const old = known.get(entry.key);
    return old && isSame(entry, old) ? old : entry;
  });
}

const isSame = (a: ThreadEntry, b: ThreadEntry) =>
  Object.entries(a).every(([field, value]) => b[field as keyof ThreadEntry] === value);
