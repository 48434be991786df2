import { keyOf, type Tab } from "./tab";
import {
  allTabs,
  type Closed,
  closeTabs,
  keepTab,
  merged,
  moveTab,
  openTab,
  readTabs,
  refreshed,
  reopenTabs,
  type TabList,
  writeTabs,
} from "./tab-list";
import type { TabPlace } from "./tab-place";

/** So many closings can be undone. */
const REMEMBERED = 10;

/**
 * The tabs of a window, which shares the kept ones with the account's other windows of the browser: every change is made
 * to what is kept at that moment. Where nothing can be kept, the window has its own for as long as it stands.
 */
export function createTabStore(place: TabPlace) {
  let list = readTabs(place.read());
  let closings: Closed[] = [];
  let current: string | null = null;
  let stopped = false;
  /** What is in the place is older than what is here. */
  let alone = false;
  const listeners = new Set<() => void>();

  const show = (next: TabList) => {
    if (writeTabs(next) === writeTabs(list)) return;
    list = next;
    for (const listener of listeners) listener();
  };
  const change = (how: (list: TabList) => TabList) => {
    if (stopped) return;
    const before = place.read();
    const next = how(alone ? list : merged(list, readTabs(before), current));
    const text = writeTabs(next);
    if (text !== before) alone = !place.write(text);
    show(next);
  };
  const take = (keys: readonly string[]): Closed => {
    let taken: Closed = [];
    change((old) => {
      const { list, closed } = closeTabs(old, keys);
      taken = closed;
      return list;
    });
    return taken;
  };
  const close = (keys: readonly string[]) => {
    if (current !== null && keys.includes(current)) current = null;
    const closed = take(keys);
    if (closed.length > 0) closings = [...closings, closed].slice(-REMEMBERED);
  };

  return {
    list: () => list,
    listen(listener: () => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    /** What this window shows now. */
    shows(key: string | null): void {
      current = key;
    },
    open: (tab: Tab, isBusy: (tab: Tab) => boolean) => change((old) => openTab(old, tab, isBusy)),
    keep: (tab: Tab) => change((old) => keepTab(old, tab)),
    close: (key: string) => close([key]),
    closeOthers: (key: string) => close(allTabs(list).flatMap((tab) => (keyOf(tab) === key ? [] : keyOf(tab)))),
    move: (key: string, to: number) => change((old) => moveTab(old, key, to)),
    /** News of what is open; of nothing else, of which there is much. */
    refresh(news: readonly Tab[]): void {
      if (refreshed(list, news) !== list) change((old) => refreshed(old, news));
    },
    /** Takes away what is not to be seen any more, for good. */
    drop: (keys: readonly string[]): readonly Tab[] => take(keys).map(({ tab }) => tab),
    canReopen: () => closings.length > 0,
    /** Undoes the last closing, and tells what it brought back first. */
    reopen(): Tab | null {
      const closed = closings.at(-1);
      closings = closings.slice(0, -1);
      if (closed) change((old) => reopenTabs(old, closed));
      return closed?.[0]?.tab ?? null;
    },
    /** Another window wrote. */
    heard(): void {
      if (!stopped && !alone) show(merged(list, readTabs(place.read()), current));
    },
    /** From then on it keeps nothing: the account signed out. */
    stop(): void {
      stopped = true;
    },
  };
}

export type TabStore = ReturnType<typeof createTabStore>;
