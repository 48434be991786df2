import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Opened } from "~/modules/tickets/index.server";
import { askServer } from "~/platform/ask-server";
import { useToasts } from "~/ui/overlay/toasts";
import { keyOf, type Tab, tabOfChat, tabOfTicket } from "./tab";
import { allTabs } from "./tab-list";
import type { TabStore } from "./tab-store";

/** So often, at most, while much is said; a ticket that only moves has come to its place by then. */
const EVERY_MS = 1_000;

/** What the server told of tabs, as tabs. */
function tabsOf({ tickets, chats, organisations }: Opened): Tab[] {
  return [
    ...tickets.map((ticket) => tabOfTicket(ticket, ticket.read_seq)),
    ...chats.map((chat) => tabOfChat({ ...chat, pictureOf: chat.other?.id ?? chat.id, group: chat.kind !== "direct" })),
    ...organisations.map(({ conversation_id: id, organisation: { name, handle }, unread }) =>
      tabOfChat({ id, title: name, pictureOf: handle, pictureId: null, group: false, unread }),
    ),
  ];
}

const questionOf = (tabs: readonly Tab[]) => {
  const ids = (kind: Tab["kind"]) => tabs.flatMap((tab) => (tab.kind === kind ? tab.id : [])).join(",");
  return `/tabs?tickets=${ids("ticket")}&chats=${ids("chat")}`;
};

/**
 * Asks the server how tabs of these keys are now, many in one question. One of which it does not tell is not to be seen
 * any more: it closes with a word, and the one that is shown, whose page says so itself, when it is left.
 */
export function useAsking(store: TabStore | null, current: string | null): (keys: readonly string[]) => void {
  const { t } = useTranslation();
  const { show } = useToasts();
  const wanted = useRef(new Set<string>());
  const gone = useRef(new Set<string>());
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const run = async () => {
    timer.current = undefined;
    const asked = store ? allTabs(store.list()).filter((tab) => wanted.current.has(keyOf(tab))) : [];
    wanted.current.clear();
    if (asked.length === 0) return;
    const told = await askServer<Opened>(questionOf(asked)).catch(() => null);
    if (!told) return;
    const news = tabsOf(told);
    store?.refresh(news);
    const there = new Set(news.map(keyOf));
    for (const key of there) gone.current.delete(key);
    const lost = asked.map(keyOf).filter((key) => !there.has(key));
    const shown = latest.current.current;
    for (const key of lost) if (key === shown) gone.current.add(key);
    const closed = store?.drop(lost.filter((key) => key !== shown)) ?? [];
    const [first] = closed;
    if (first) show({ text: t("tabs.gone", { title: first.title, count: closed.length }), stay: 0 });
  };
  const latest = useRef({ run, current });
  latest.current = { run, current };
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const left = [...gone.current].filter((key) => key !== current);
    for (const key of left) gone.current.delete(key);
    if (left.length > 0) store?.drop(left);
  }, [store, current]);
  return useCallback((keys) => {
    for (const key of keys) wanted.current.add(key);
    timer.current ??= setTimeout(() => void latest.current.run(), EVERY_MS);
  }, []);
}
