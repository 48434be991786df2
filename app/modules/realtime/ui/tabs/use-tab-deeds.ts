import { useNavigate } from "@remix-run/react";
import { useMemo, useRef } from "react";
import { addressOf, listOf } from "./kinds";
import { keyOf, type Tab } from "./tab";
import { allTabs, findTab, neighbourOf, type TabList } from "./tab-list";
import type { TabStore } from "./tab-store";

export type TabDeeds = {
  addressOf: (tab: Tab) => string;
  goTo: (tab: Tab) => void;
  keep: (tab: Tab) => void;
  /** Closes it, and goes to its neighbour where it was shown. Tells the neighbour. */
  close: (tab: Tab) => Tab | null;
  /** Leaves the one that is shown, or the first where none is. */
  closeOthers: () => void;
  /** Brings back what was closed last, and goes there. */
  reopen: () => void;
  canReopen: () => boolean;
  /** To the place `to` in the strip. */
  move: (tab: Tab, to: number) => void;
};

/** What people do with tabs; the same deeds at every render of the same address. */
export function useTabDeeds(store: TabStore | null, list: TabList, current: string | null, search: string): TabDeeds {
  const navigate = useNavigate();
  const latest = useRef({ list, current, navigate });
  latest.current = { list, current, navigate };
  return useMemo(() => {
    const goTo = (tab: Tab) => latest.current.navigate(addressOf(tab, search));
    return {
      addressOf: (tab) => addressOf(tab, search),
      goTo,
      keep: (tab) => store?.keep(tab),
      close(tab) {
        const { list, current, navigate } = latest.current;
        const next = neighbourOf(list, keyOf(tab));
        store?.close(keyOf(tab));
        if (keyOf(tab) === current) navigate(next ? addressOf(next, search) : listOf(tab, search));
        return next;
      },
      closeOthers() {
        const { list, current } = latest.current;
        const stays = (current && findTab(list, current)) ?? allTabs(list)[0];
        if (stays) store?.closeOthers(keyOf(stays));
      },
      reopen() {
        const tab = store?.reopen();
        if (tab) goTo(tab);
      },
      canReopen: () => store?.canReopen() ?? false,
      move: (tab, to) => store?.move(keyOf(tab), to),
    };
  }, [store, search]);
}
