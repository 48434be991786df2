import { useEffect, useRef } from "react";
import { useToasts } from "~/ui/overlay/toasts";

/**
 * Keeps the offer to undo a closing only while there is something to undo: the customer may write again, or a colleague
 * reopen the ticket, while it is still on the screen. `closed` is the ticket as it is now; it may say so later than the
 * server's answer to the closing, so an offer goes when the ticket was seen closed and is so no longer.
 */
export function useUndoOffer(closed: boolean) {
  const { dismiss } = useToasts();
  const seenClosed = useRef(closed);
  const offered = useRef<number | null>(null);
  useEffect(() => {
    if (closed) seenClosed.current = true;
    else if (seenClosed.current && offered.current !== null) {
      dismiss(offered.current);
      offered.current = null;
    }
  }, [closed, dismiss]);
  return {
    /** A closing sets out: what was seen before it says nothing of it. */
    begin: () => {
      seenClosed.current = false;
    },
    /** Whether the closing that was just answered is over already. */
    tooLate: () => seenClosed.current && !closed,
    keep: (toast: number) => {
      offered.current = toast;
    },
  };
}
