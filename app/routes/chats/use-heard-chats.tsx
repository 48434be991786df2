import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { heardLine } from "~/modules/chats";
import type { ConversationFrame } from "~/modules/messaging";
import { useTopic } from "~/modules/realtime/ui/hub-provider";
import { type ChatEntry, inOrder } from "./chat-entries";

/** A list hears so many large groups; of the rest it learns when it is loaded for another reason. */
const MOST = 100;
/** What is to be asked for is asked by everybody who looks at a list of theirs: not all at once. */
const SPREAD_MS = 10_000;
/** So many frames of a group are kept upon what was loaded. */
const KEPT = 500;

type Heard = Readonly<Record<string, readonly ConversationFrame[]>>;

/**
 * The account's chats with what was said since they were loaded in its large groups, whose conversations the list hears
 * itself. `listening` has a place in the page and shows nothing; `loadSoon` loads the list anew within some time.
 */
export function useHeardChats(
  loaded: readonly ChatEntry[],
  accountId: string,
  loadSoon: (withinMs: number) => void,
): { chats: readonly ChatEntry[]; listening: ReactNode } {
  const [heard, setHeard] = useState<Heard>({});
  useEffect(() => {
    setHeard((old) => (Object.keys(old).length > 0 ? onTopOf(loaded, old) : old));
  }, [loaded]);
  const { chats, whole } = useMemo(() => {
    const lines = loaded.map((chat) => heardLine(chat, heard[chat.id] ?? [], accountId));
    return { chats: inOrder(lines.map(({ line }) => line)), whole: lines.every(({ whole }) => whole) };
  }, [loaded, heard, accountId]);
  const isFull = Object.values(heard).some((frames) => frames.length > KEPT);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is missing still after the next frame, or load, is asked for again.
  useEffect(() => {
    if (!whole || isFull) loadSoon(SPREAD_MS);
  }, [whole, isFull, loaded, heard, loadSoon]);
  const hear = useCallback(
    (id: string, frame: ConversationFrame) => setHeard((old) => ({ ...old, [id]: [...(old[id] ?? []), frame] })),
    [],
  );
  const large = chats.filter((chat) => chat.large).slice(0, MOST);
  const listening = large.map(({ id, rev }) => <Listening key={id} {...{ id, rev, hear, loadSoon }} />);
  return { chats, listening };
}

/** What a load has not brought yet. */
function onTopOf(loaded: readonly ChatEntry[], heard: Heard): Heard {
  const revs = new Map(loaded.map(({ id, rev }) => [id, rev]));
  const left = Object.entries(heard).map(([id, frames]) => {
    const from = revs.get(id) ?? Number.POSITIVE_INFINITY;
    return [id, frames.filter(({ rev }) => Number(rev) > from)] as const;
  });
  return Object.fromEntries(left.filter(([, frames]) => frames.length > 0));
}

type ListeningProps = {
  id: string;
  rev: number;
  hear: (id: string, frame: ConversationFrame) => void;
  loadSoon: (withinMs: number) => void;
};

/** `rev`: up to where the list shows the group. */
function Listening({ id, rev, hear, loadSoon }: ListeningProps) {
  useTopic(`conversation:${id}`, rev, {
    onEvent: (event) => typeof event.rev === "number" && hear(id, event),
    // Asked again, a little later each time, until a load has brought it.
    async onGap(after) {
      if (rev <= after) loadSoon(SPREAD_MS);
      return rev;
    },
    onResync: () => loadSoon(SPREAD_MS),
    onRefused: () => loadSoon(0),
  });
  return null;
}
