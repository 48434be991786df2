import type { LoadedThread } from "./use-thread";

/**
 * An open conversation once its page was loaded anew. What came by the hub while the load was under way may be newer
 * than what it brings: then the messages on screen stay. Earlier pages of the same conversation stay in any case; so does an earlier stretch that the reader looks at, with its
 * number, so that what it missed is fetched.
 */
export function afterReload<State extends LoadedThread>(loaded: State, old: State): State {
  if (loaded.conversation_id !== old.conversation_id) return loaded;
  if (loaded.rev >= old.rev && !old.more_after) return withEarlierPages(loaded, old);
  const { more, more_after, rev, last_seq, read_seq, customer_read_seq, pinned } = old;
  const messages = old.messages.filter(({ id }) => !loaded.hidden.includes(id));
  return { ...loaded, messages, more, more_after, rev, last_seq, read_seq, customer_read_seq, pinned };
}

function withEarlierPages<State extends LoadedThread>(fresh: State, old: State): State {
  const first = fresh.messages[0]?.seq ?? 0;
  const overlaps = (old.messages.at(-1)?.seq ?? 0) >= first - 1;
  const earlier = overlaps ? old.messages.filter((m) => m.seq < first && !fresh.hidden.includes(m.id)) : [];
  if (earlier.length === 0) return fresh;
  return { ...fresh, messages: [...earlier, ...fresh.messages], more: old.more };
}
