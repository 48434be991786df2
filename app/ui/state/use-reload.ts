import { useNavigation, useRevalidator } from "@remix-run/react";
import { useCallback, useEffect, useRef } from "react";

/**
 * Loads the page's data anew. Asked while a load is under way, it lets that one end and then loads once more: a load that
 * another takes the place of was for nothing, and what is asked often might never get to its end.
 */
export function useReload(): () => void {
  const { revalidate, state } = useRevalidator();
  const busy = useNavigation().state !== "idle" || state !== "idle";
  const latest = useRef({ busy, again: false });
  latest.current.busy = busy;
  useEffect(() => {
    if (busy || !latest.current.again) return;
    latest.current.again = false;
    revalidate();
  }, [busy, revalidate]);
  return useCallback(() => {
    if (latest.current.busy) latest.current.again = true;
    else revalidate();
  }, [revalidate]);
}
