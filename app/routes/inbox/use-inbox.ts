import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useReducer, useRef, useState } from "react";
import type { CountedView } from "~/modules/desk/index.server";
import { useHubEvents, useTopic } from "~/modules/realtime/ui/hub-provider";
import {
  type InboxFilter,
  type InboxReader,
  inboxSearch,
  type TicketFrame,
  type TicketViewName,
} from "~/modules/tickets";
import { type InboxPage, inboxAfter, inboxOf } from "~/modules/tickets/ui/inbox-list";
import { askServer } from "~/platform/ask-server";
import { useReload } from "~/ui/state/use-reload";

export type Counts = Record<TicketViewName, number>;

export type InboxData = {
  orgId: string;
  me: InboxReader & { accountId: string };
  filter: InboxFilter;
  inbox: InboxPage & { counts: Counts; feed: string };
  /** The saved filters, each with how many it holds. */
  views: readonly CountedView[];
};

/** Fewer rows than a screen holds are filled up from the pages that follow. */
const A_SCREEN = 15;

/** The list of an inbox that keeps itself up to date, holds still when asked to, and loads on as it is scrolled. */
export function useInbox({ orgId, me, filter, inbox, views: loadedViews }: InboxData) {
  const [list, dispatch] = useReducer(inboxAfter, inbox, inboxOf);
  const search = inboxSearch(filter);
  const [source, setSource] = useState({ inbox, search });
  const reload = useReload();
  const { value: counts, again: recount } = useFresh("/inbox/counts", inbox.counts, RECOUNT_MS, asCounts);
  const { value: views, again: recountViews } = useFresh(
    `/inbox/views?org=${orgId}`,
    loadedViews,
    RECOUNT_VIEWS_MS,
    viewsIn,
  );
  const meanwhile = useHeardMeanwhile(recount);
  const hear = (frame: TicketFrame) => dispatch({ do: "hear", frame, filter, reader: me });
  if (source.inbox !== inbox) {
    setSource({ inbox, search });
    dispatch({ do: "load", page: inbox, fresh: source.search !== search });
    for (const frame of meanwhile.frames) hear(frame);
  }
  useTopic(`organisation:${orgId}:tickets`, inbox.feed, {
    onEvent(frame) {
      // Who saved or moved one looks at it, and their other screens.
      if (frame.event === "views.changed") return recountViews(0);
      meanwhile.note(frame);
      hear(frame);
      recount();
      recountViews();
    },
    onResync: reload,
  });
  useHubEvents(({ event, data }) => {
    // The row shows the last words that are in sight.
    if (event === "message.marked") return reload();
    if (event !== "read") return;
    const { conversation, seq, reader } = data as { conversation: string; seq: number; reader: { id: string | null } };
    if (reader.id === me.accountId) dispatch({ do: "read", conversationId: conversation, seq });
  });
  const more = useMore(list.nextCursor, search, (page) => dispatch({ do: "more", page }));
  const hold = useCallback((on: boolean) => dispatch({ do: on ? "hold" : "release" }), []);
  const { nextCursor, tickets } = list;
  const few = nextCursor !== null && tickets.length < A_SCREEN && more.moreState === "idle";
  const { loadMore } = more;
  useEffect(() => {
    if (few) void loadMore();
  });
  return { list, counts, views, hold, ...more };
}

/** What was heard while a load was under way, which may be newer than what the load brings. */
function useHeardMeanwhile(recount: () => void) {
  const revalidator = useRevalidator();
  const navigation = useNavigation();
  const loading = revalidator.state !== "idle" || navigation.state !== "idle";
  const frames = useRef<TicketFrame[]>([]);
  useEffect(() => {
    if (loading || frames.current.length === 0) return;
    frames.current = [];
    recount();
  }, [loading, recount]);
  return { frames: frames.current, note: (frame: TicketFrame) => loading && frames.current.push(frame) };
}

const RECOUNT_MS = 1_000;
/** What is saved may hold much: each look at it costs more than all standing views together. */
const RECOUNT_VIEWS_MS = 5_000;
const asCounts = (answer: unknown) => answer as Counts;
const viewsIn = (answer: unknown) => (answer as { views: readonly CountedView[] }).views;

/**
 * Something beside the list: as it was loaded, and asked for again after something happened, once in `every` ms at most
 * unless the caller waits for less.
 */
function useFresh<T>(path: string, loaded: T, every: number, valueIn: (answer: unknown) => T) {
  const [value, setValue] = useState(loaded);
  const [source, setSource] = useState(loaded);
  if (source !== loaded) {
    setSource(loaded);
    setValue(loaded);
  }
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => () => clearTimeout(timer.current), []);
  const again = useCallback(
    (within = every) => {
      if (within < every) clearTimeout(timer.current);
      else if (timer.current) return;
      timer.current = setTimeout(async () => {
        timer.current = undefined;
        const fresh = await getJson<unknown>(path);
        if (fresh) setValue(valueIn(fresh));
      }, within);
    },
    [path, every, valueIn],
  );
  return { value, again };
}

const getJson = <T>(path: string): Promise<T | null> => askServer<T>(path).catch(() => null);

/** The next page, asked for once at a time; `failed` when it did not come. */
function useMore(cursor: string | null, search: string, onPage: (page: InboxPage) => void) {
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const asked = useRef({ cursor: "", search });
  const loadMore = async () => {
    if (!cursor || state === "loading") return;
    asked.current = { cursor, search };
    setState("loading");
    const page = await getJson<InboxPage>(`/inbox/tickets${search ? `${search}&` : "?"}cursor=${cursor}`);
    if (asked.current.search === search && page) onPage(page);
    setState(page ? "idle" : "failed");
  };
  return { moreState: state, loadMore };
}
