import { type PointerEvent, useEffect, useRef } from "react";

const HOLD_MS = 500;

/** Marks a row by a finger that stays on it; the click that the finger ends with is swallowed. */
export function useLongPress(onHold: () => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const held = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);
  const end = () => clearTimeout(timer.current);
  return {
    /** Whether the press that ends now was a long one. */
    wasHeld: () => {
      const was = held.current;
      held.current = false;
      return was;
    },
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        held.current = false;
        if (event.pointerType !== "touch") return;
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          held.current = true;
          onHold();
        }, HOLD_MS);
      },
      onPointerUp: end,
      onPointerCancel: end,
      onPointerMove: (event: PointerEvent) => {
        if (Math.abs(event.movementX) + Math.abs(event.movementY) > 4) end();
      },
    },
  };
}
