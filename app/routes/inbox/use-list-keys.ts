import { type RefObject, useEffect, useRef } from "react";
import type { VirtualizerHandle } from "virtua";

type ListKeys = {
  box: RefObject<HTMLElement | null>;
  rows: RefObject<VirtualizerHandle | null>;
  ids: readonly string[];
  openId: string | null;
  /** Marks a row for what is done with many. */
  onMark: (id: string) => void;
};

/** Where keys are letters of a text, or belong to a menu or dialog. */
const OCCUPIED = "input, textarea, select, [contenteditable], [role=menu], [role=dialog], [role=alertdialog]";

const isComposer = (element: Element | null) => element?.matches("textarea[data-composer], form textarea[name=text]");

/** Walks the list with j and k or the arrows; x marks; r goes to the composer, Escape from there back to the list. */
export function useListKeys(keys: ListKeys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (event.key === "Escape" && isComposer(target)) return focusRow(latest.current, currentIndex(latest.current));
      if (target?.closest(OCCUPIED)) return;
      const inList = latest.current.box.current?.contains(target) ?? false;
      const step = stepOf(event.key, inList);
      if (step !== 0) {
        event.preventDefault();
        focusRow(latest.current, currentIndex(latest.current) + step);
      } else if (event.key === "x" && inList) {
        const focused = target?.getAttribute("data-ticket");
        if (focused) latest.current.onMark(focused);
      } else if (event.key === "r") {
        const composer = document.querySelector<HTMLTextAreaElement>("form textarea[name=text]");
        if (!composer) return;
        event.preventDefault();
        composer.focus();
      }
    };
    document.addEventListener("keydown", onKeyDown);
    return () => document.removeEventListener("keydown", onKeyDown);
  }, []);
}

/** The arrows scroll whatever else has the focus; in the list they walk. */
function stepOf(key: string, inList: boolean): number {
  if (key === "j" || (key === "ArrowDown" && inList)) return 1;
  if (key === "k" || (key === "ArrowUp" && inList)) return -1;
  return 0;
}

function currentIndex({ ids, openId }: ListKeys): number {
  const focused = document.activeElement?.getAttribute("data-ticket");
  return ids.indexOf(focused ?? openId ?? "");
}

function focusRow({ box, rows, ids }: ListKeys, to: number): void {
  const index = Math.min(ids.length - 1, Math.max(0, to));
  const id = ids[index];
  if (id === undefined) return;
  rows.current?.scrollToIndex(index, { align: "nearest" });
  // The row may come on screen only with the scrolling.
  requestAnimationFrame(() => box.current?.querySelector<HTMLElement>(`[data-ticket="${id}"]`)?.focus());
}
