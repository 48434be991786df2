import { useEffect, useRef } from "react";
import { isUnreached } from "./unreached";

const PAUSE_MS = 5000;

/**
 * Tries again by itself while only the way to the server is missing: at once when the network is back, and else every
 * few seconds, each page at its own pace, so that those who wait do not all come in the same moment.
 */
export function useRecovery(code: string, retry: () => void): void {
  const latest = useRef(retry);
  latest.current = retry;
  const waits = isUnreached(code);
  useEffect(() => {
    if (!waits) return;
    const again = () => latest.current();
    const timer = setInterval(again, PAUSE_MS * (1 + Math.random()));
    window.addEventListener("online", again);
    return () => {
      clearInterval(timer);
      window.removeEventListener("online", again);
    };
  }, [waits]);
}
