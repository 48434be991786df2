import { keyOf, newerTab, readTab, type Tab } from "./tab";

/** The tabs in order: those that stay, and after them the one that the next opening replaces. */
export type TabList = { readonly kept: readonly Tab[]; readonly preview: Tab | null };

/** Tabs that were closed by one deed, each with the place where it stood. */
export type Closed = readonly { tab: Tab; at: number }[];

export const NO_TABS: TabList = { kept: [], preview: null };
/** So many stay; of more, those kept longest go. */
export const TAB_LIMIT = 40;

export const allTabs = ({ kept, preview }: TabList): readonly Tab[] => (preview ? [...kept, preview] : kept);
export const findTab = (list: TabList, key: string): Tab | null =>
  allTabs(list).find((tab) => keyOf(tab) === key) ?? null;
const isKept = ({ kept }: TabList, key: string) => kept.some((tab) => keyOf(tab) === key);

const isSame = (a: Tab, b: Tab) => Object.entries(b).every(([name, value]) => a[name as keyof Tab] === value);

/** With what is newly known of tabs that are there; the same list where nothing is new. */
export function refreshed(list: TabList, news: readonly Tab[]): TabList {
  const byKey = new Map(news.map((tab) => [keyOf(tab), tab]));
  const fresh = (tab: Tab) => {
    const told = byKey.get(keyOf(tab));
    const now = told ? newerTab(tab, told) : tab;
    return isSame(tab, now) ? tab : now;
  };
  const next = { kept: list.kept.map(fresh), preview: list.preview && fresh(list.preview) };
  const same = next.preview === list.preview && next.kept.every((tab, at) => tab === list.kept[at]);
  return same ? list : next;
}

/** Opens it in the preview tab, unless it has one. What stood there stays where `isBusy` says that somebody is at it. */
export function openTab(list: TabList, tab: Tab, isBusy: (tab: Tab) => boolean = () => false): TabList {
  if (findTab(list, keyOf(tab))) return refreshed(list, [tab]);
  const before = list.preview && isBusy(list.preview) ? keepTab(list, list.preview) : list;
  return { ...before, preview: tab };
}

export function keepTab(list: TabList, tab: Tab): TabList {
  const key = keyOf(tab);
  if (isKept(list, key)) return refreshed(list, [tab]);
  const ours = list.preview && keyOf(list.preview) === key ? list.preview : null;
  const kept = [...list.kept, ours ? newerTab(ours, tab) : tab].slice(-TAB_LIMIT);
  return { kept, preview: ours ? null : list.preview };
}

export function closeTabs(list: TabList, keys: readonly string[]): { list: TabList; closed: Closed } {
  const closed = allTabs(list).flatMap((tab, at) => (keys.includes(keyOf(tab)) ? { tab, at } : []));
  if (closed.length === 0) return { list, closed };
  const stays = (tab: Tab) => !keys.includes(keyOf(tab));
  const preview = list.preview && stays(list.preview) ? list.preview : null;
  return { list: { kept: list.kept.filter(stays), preview }, closed };
}

/** Puts closed ones back where they stood, to stay. */
export function reopenTabs(list: TabList, closed: Closed): TabList {
  let next = list;
  for (const { tab, at } of closed) next = moveTab(keepTab(next, tab), keyOf(tab), at);
  return next;
}

/** Moves it to the place `to` among all; the preview stays then. */
export function moveTab(list: TabList, key: string, to: number): TabList {
  const tab = findTab(list, key);
  if (!tab) return list;
  const { kept, preview } = keepTab(list, tab);
  const others = kept.filter((one) => keyOf(one) !== key);
  const at = Math.min(Math.max(0, to), others.length);
  return { kept: [...others.slice(0, at), tab, ...others.slice(at)], preview };
}

/** What is shown once a tab is closed: the one after it, else the one before. */
export function neighbourOf(list: TabList, key: string): Tab | null {
  const all = allTabs(list);
  const at = all.findIndex((tab) => keyOf(tab) === key);
  return at < 0 ? null : (all[at + 1] ?? all[at - 1] ?? null);
}

/**
 * A window's tabs after another window of the browser wrote `stored`: the kept ones are shared, whoever wrote last; the
 * preview is each window's own. What this window shows stays open in it.
 */
export function merged(mine: TabList, stored: TabList, current: string | null): TabList {
  const shown = current === null ? null : findTab(mine, current);
  const preview = shown && !isKept(stored, keyOf(shown)) ? shown : mine.preview;
  return { kept: stored.kept, preview: preview && !isKept(stored, keyOf(preview)) ? preview : null };
}

export const writeTabs = (list: TabList): string => JSON.stringify({ kept: list.kept, preview: list.preview });

/** What was kept by this or another version of the page; what is no tab is left out. */
export function readTabs(text: string | null): TabList {
  try {
    const { kept, preview } = JSON.parse(text ?? "null") as { kept: unknown; preview: unknown };
    const tabs = Array.isArray(kept) ? kept.flatMap((one) => readTab(one) ?? []) : [];
    const once = tabs.filter((tab, at) => tabs.findIndex((other) => keyOf(other) === keyOf(tab)) === at);
    return merged({ kept: [], preview: readTab(preview) }, { kept: once.slice(-TAB_LIMIT), preview: null }, null);
  } catch {
    return NO_TABS;
  }
}
