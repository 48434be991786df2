import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { keyOf, type Tab } from "./tab";
import { TabItem } from "./tab-item";
import { allTabs, findTab } from "./tab-list";
import { TabMenu } from "./tab-menu";
import { useTabs } from "./tabs-provider";
import { useTabDrag } from "./use-tab-drag";
import { useTabKeys } from "./use-tab-keys";

/** The row of tabs, with what the keys do in it. */
function useStrip() {
  const { list, current, deeds } = useTabs();
  const tabs = allTabs(list);
  const strip = useRef<HTMLUListElement>(null);
  const shown = current ? findTab(list, current) : null;
  useTabKeys({ tabs, current: shown, goTo: deeds.goTo, close: deeds.close });
  const place = shown ? tabs.indexOf(shown) : -1;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the one that is shown comes into sight where it moved, too.
  useEffect(() => {
    strip.current?.querySelector("[data-current]")?.scrollIntoView({ block: "nearest", inline: "nearest" });
  }, [current, place, tabs.length]);
  // Once the strip stands as it is then.
  const focus = (tab: Tab | null | undefined) =>
    tab && setTimeout(() => strip.current?.querySelector<HTMLElement>(`[data-tab="${keyOf(tab)}"] > a`)?.focus());
  const close = (tab: Tab, byKey: boolean) => {
    const next = deeds.close(tab);
    if (byKey) focus(next);
  };
  const onKeyDown = (event: KeyboardEvent, tab: Tab) => {
    const step = stripStep(event, tabs.indexOf(tab), tabs.length);
    if (!step) return;
    event.preventDefault();
    if (step.do === "close") return close(tab, true);
    if (step.do === "move") deeds.move(tab, step.to);
    focus(step.do === "move" ? tab : tabs[step.to]);
  };
  return { strip, tabs, shown, close, onKeyDown };
}

/** What is open, above the conversation: links in a row, of which the arrows go from one to the other. Not on a phone. */
export function TabStrip() {
  const { t } = useTranslation();
  const { list, deeds } = useTabs();
  const { strip, tabs, shown, close, onKeyDown } = useStrip();
  const drag = useTabDrag((key, to) => {
    const tab = findTab(list, key);
    if (tab) deeds.move(tab, to);
  });
  return (
    <div className="flex min-h-10 shrink-0 border-line border-b bg-surface max-md:hidden">
      <nav aria-label={t("tabs.title")} className="flex min-w-0 flex-1">
        <ul
          ref={strip}
          className="flex min-w-0 flex-1 overflow-x-auto overscroll-x-contain [scrollbar-width:none]"
          {...drag.handlers}
        >
          {tabs.map((tab, at) => (
            <TabItem
              key={keyOf(tab)}
              tab={tab}
              to={deeds.addressOf(tab)}
              current={tab === shown}
              preview={tab === list.preview}
              held={drag.held === keyOf(tab)}
              reachable={shown ? tab === shown : at === 0}
              onKeep={() => deeds.keep(tab)}
              onClose={(byKey) => close(tab, byKey)}
              onKeyDown={(event) => onKeyDown(event, tab)}
            />
          ))}
        </ul>
      </nav>
      <TabMenu />
    </div>
  );
}

type Step = { do: "go" | "move"; to: number } | { do: "close" };

/** What a key does to the tab that has the focus, the `at`th of `count`. */
function stripStep({ key, altKey, shiftKey, ctrlKey, metaKey }: KeyboardEvent, at: number, count: number): Step | null {
  if (ctrlKey || metaKey) return null;
  const towards = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: count - 1 }[key];
  if (altKey && shiftKey && towards !== undefined) return { do: "move", to: towards };
  if (altKey || shiftKey) return null;
  if (key === "Delete") return { do: "close" };
  return towards === undefined ? null : { do: "go", to: Math.min(count - 1, Math.max(0, towards)) };
}
