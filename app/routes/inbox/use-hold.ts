import { type RefObject, useEffect, useRef, useState } from "react";

const SCROLLED_PX = 8;
/** Keys in the list count as being busy with it for this long. */
const KEYS_MS = 5_000;

/**
 * Whether the list must hold still: somebody points into it, walks it with the keys, or has scrolled it. What is under
 * the pointer never moves.
 */
export function useHold(
  /** Around the list and what floats over it: going for the pill is still pointing at the list. */
  frame: RefObject<HTMLElement | null>,
  box: RefObject<HTMLElement | null>,
  tell: (held: boolean) => void,
): void {
  const [busy, setBusy] = useState({ pointer: false, keys: false, scrolled: false });
  const keyTimer = useRef<ReturnType<typeof setTimeout>>();
  useEffect(() => {
    const element = box.current;
    const around = frame.current;
    if (!element || !around) return;
    const set = (change: Partial<typeof busy>) => setBusy((old) => ({ ...old, ...change }));
    const enter = () => set({ pointer: true });
    const leave = () => set({ pointer: false });
    const scroll = () => set({ scrolled: element.scrollTop > SCROLLED_PX });
    const key = () => {
      set({ keys: true });
      clearTimeout(keyTimer.current);
      keyTimer.current = setTimeout(() => set({ keys: false }), KEYS_MS);
    };
    around.addEventListener("pointerenter", enter);
    around.addEventListener("pointerleave", leave);
    element.addEventListener("keydown", key);
    element.addEventListener("scroll", scroll, { passive: true });
    return () => {
      clearTimeout(keyTimer.current);
      around.removeEventListener("pointerenter", enter);
      around.removeEventListener("pointerleave", leave);
      element.removeEventListener("keydown", key);
      element.removeEventListener("scroll", scroll);
    };
  }, [box, frame]);
  const held = busy.pointer || busy.keys || busy.scrolled;
  useEffect(() => tell(held), [held, tell]);
}
