import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useSyncExternalStore,
} from "react";
import { useHydrated } from "remix-utils/use-hydrated";
import { draftPlace, readLocalDraft } from "../later/local-draft";
import { useOutbox } from "../outbox/outbox-provider";
import { tabStoreOf } from "./standing-store";
import { conversationIn, keyOf, type Tab, type TabKind } from "./tab";
import { closeTabs, NO_TABS, type TabList } from "./tab-list";
import type { TabStore } from "./tab-store";
import { type TabDeeds, useTabDeeds } from "./use-tab-deeds";
import { useTabNews } from "./use-tab-news";

/** What the page shows: known by its address, and by `tab` once it is loaded. */
export type ShownThing = { kind: TabKind; id: string; tab: Tab | null };

type Tabs = {
  list: TabList;
  /** The key of what the page shows. */
  current: string | null;
  deeds: TabDeeds;
  /** Keeps a tab of it, open already or not. */
  keep: (tab: Tab) => void;
  /** What somebody else heard of what may be open. */
  refresh: (news: readonly Tab[]) => void;
};

const TabsContext = createContext<Tabs | null>(null);

/** The tabs, for what stands within the provider. @throws Error outside of it */
export function useTabs(): Tabs {
  const tabs = useContext(TabsContext);
  if (!tabs) throw new Error("useTabs needs a TabsProvider around it");
  return tabs;
}

type TabsProviderProps = {
  accountId: string;
  /** The organisation whose tickets are heard of; null for who belongs to none. */
  orgId: string | null;
  shown: ShownThing | null;
  /** The inbox's view as its address has it; kept while other screens are shown. */
  inboxSearch?: string;
  children: ReactNode;
};

/** A server has nothing to lay out, and React says so of each such effect. */
const useEarlyEffect = typeof document === "undefined" ? useEffect : useLayoutEffect;
const nothing = () => () => {};

let lastSearch = "";

/** Holds the tabs of the account in this window: what is shown opens one, and the hub's news reach all. */
export function TabsProvider({ accountId, orgId, shown, inboxSearch, children }: TabsProviderProps) {
  // The server knows of what it shows only; the others come with the browser.
  const hydrated = useHydrated();
  const store = useMemo(() => (hydrated ? tabStoreOf(accountId) : null), [hydrated, accountId]);
  const known = useSyncExternalStore(store?.listen ?? nothing, store?.list ?? (() => null), () => null);
  const tab = shown?.tab ?? null;
  const current = shown && keyOf(shown);
  const failed = tab === null ? current : null;
  // The page of what cannot be shown says so, and is no tab.
  const list = useMemo(
    () => (known ? closeTabs(known, failed ? [failed] : []).list : { ...NO_TABS, kept: tab ? [tab] : [] }),
    [known, failed, tab],
  );
  useEffect(() => {
    if (inboxSearch !== undefined) lastSearch = inboxSearch;
  }, [inboxSearch]);
  useOpening(store, current, tab, accountId);
  useTabNews({ store, current, accountId, orgId });
  const search = inboxSearch ?? (store ? lastSearch : "");
  const deeds = useTabDeeds(store, list, current, search);
  const keep = useMemo(() => (tab: Tab) => store?.keep(tab), [store]);
  const refresh = useCallback((news: readonly Tab[]) => store?.refresh(news), [store]);
  const value = useMemo(() => ({ list, current, deeds, keep, refresh }), [list, current, deeds, keep, refresh]);
  return <TabsContext.Provider value={value}>{children}</TabsContext.Provider>;
}

/** What is shown is opened; where something was begun, or waits to be sent, it stays. */
function useOpening(store: TabStore | null, current: string | null, tab: Tab | null, accountId: string) {
  const { outbox, queued } = useOutbox(tab ? conversationIn(tab) : "");
  const isBusy = (one: Tab) => {
    const conversation = conversationIn(one);
    const begun = (slot: "reply" | "note") => readLocalDraft(draftPlace(accountId, conversation, slot)).text !== "";
    return begun("reply") || begun("note") || (outbox?.list() ?? []).some((sent) => sent.conversation === conversation);
  };
  const latest = useRef({ tab, isBusy });
  latest.current = { tab, isBusy };
  const loaded = tab !== null;
  useEarlyEffect(() => {
    const { tab, isBusy } = latest.current;
    store?.shows(current);
    if (loaded && tab) store?.open(tab, isBusy);
  }, [store, current, loaded]);
  const waits = queued.length > 0;
  // After what is inside has looked for its draft.
  useEffect(() => {
    const { tab, isBusy } = latest.current;
    if (loaded && tab && keyOf(tab) === current && (waits || isBusy(tab))) store?.keep(tab);
  }, [store, current, loaded, waits]);
  useEffect(() => {
    if (tab) store?.refresh([tab]);
  }, [store, tab]);
}
