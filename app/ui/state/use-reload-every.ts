import { useEffect } from "react";
import { useReload } from "./use-reload";

/** Loads the page's data anew so often while somebody can see it; null for not. */
export function useReloadEvery(ms: number | null): void {
  const reload = useReload();
  useEffect(() => {
    if (ms === null) return;
    const timer = setInterval(() => document.visibilityState === "visible" && reload(), ms);
    return () => clearInterval(timer);
  }, [ms, reload]);
}
