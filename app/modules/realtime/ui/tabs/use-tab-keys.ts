import { useEffect, useRef } from "react";
import type { Tab } from "./tab";

type TabKeys = { tabs: readonly Tab[]; current: Tab | null; goTo: (tab: Tab) => void; close: (tab: Tab) => void };

const LAST = 9;
/** Keys belong to what is open over the page. */
const COVERED = "[role=menu], [role=dialog], [role=alertdialog]";
const WRITES = "input, textarea, select, [contenteditable]";

/** Alt with 1 to 8 goes to the tab of this number, with 9 to the last; Alt+W closes the one that is shown. */
export function useTabKeys(keys: TabKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { tabs, current, goTo, close } = latest.current;
      const target = event.target instanceof Element ? event.target : null;
      const letter = letterOf(event, target?.closest(WRITES) != null);
      if (letter === null || event.defaultPrevented || target?.closest(COVERED)) return;
      const tab = letter === "w" ? current : (tabs.at(Number(letter) === LAST ? -1 : Number(letter) - 1) ?? null);
      if (!tab) return;
      event.preventDefault();
      if (letter === "w") close(tab);
      else goTo(tab);
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

type Pressed = Pick<KeyboardEvent, "code" | "key" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey">;

/** The key that was pressed with Alt alone: a digit from 1, or w; null for all else. `writing`: in a field. */
export function letterOf(event: Pressed, writing: boolean): string | null {
  if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return null;
  const letter = /^(?:Digit([1-9])|Key(W))$/.exec(event.code)?.slice(1).find(Boolean)?.toLowerCase();
  if (!letter) return null;
  // On a Mac, Alt writes other characters: who writes keeps them.
  return writing && event.key.toLowerCase() !== letter ? null : letter;
}
