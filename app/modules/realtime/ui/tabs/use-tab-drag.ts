import { type MouseEvent, type PointerEvent, useRef, useState } from "react";

/** A hand that presses is not quite still. */
const STILL_PX = 6;

/** Moves tabs by the pointer: `onMove` is told where the one that is held would stand among all. A finger scrolls instead. */
export function useTabDrag(onMove: (key: string, to: number) => void) {
  const press = useRef<{ key: string; x: number } | null>(null);
  const moved = useRef(false);
  const [held, setHeld] = useState<string | null>(null);
  const end = () => {
    press.current = null;
    setHeld(null);
  };
  return {
    /** The key of the tab that is being moved. */
    held,
    handlers: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        moved.current = false;
        const key = event.target instanceof Element && event.target.closest("[data-tab]")?.getAttribute("data-tab");
        if (key && event.button === 0 && event.pointerType !== "touch") press.current = { key, x: event.clientX };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        if (event.buttons === 0) end();
        if (!press.current) return;
        const { key, x } = press.current;
        if (!moved.current && Math.abs(event.clientX - x) < STILL_PX) return;
        if (!moved.current) event.currentTarget.setPointerCapture(event.pointerId);
        moved.current = true;
        setHeld(key);
        const to = placeUnder(event.currentTarget, key, event.clientX);
        if (to !== null) onMove(key, to);
      },
      onPointerUp: end,
      onPointerCancel: end,
      onClickCapture(event: MouseEvent) {
        // The end of a move is no click.
        if (!moved.current) return;
        moved.current = false;
        event.preventDefault();
        event.stopPropagation();
      },
    },
  };
}

/** How many of the others lie before the pointer; null where it stands there already. */
function placeUnder(strip: HTMLElement, key: string, x: number): number | null {
  const tabs = [...strip.querySelectorAll<HTMLElement>("[data-tab]")];
  const at = tabs.findIndex((tab) => tab.dataset.tab === key);
  const to = tabs.filter((tab, n) => {
    const { left, width } = tab.getBoundingClientRect();
    return n !== at && left + width / 2 < x;
  }).length;
  return to === at ? null : to;
}
