import { useCallback, useEffect, useRef } from "react";
import { askServer } from "~/platform/ask-server";
import { useNoticeNews } from "./use-notice-news";

/** Who looks at a ticket, or a webhook, knows what there was to know of it, on all their devices. `waiting`: something was when it was loaded. */
export function useNoticesOf(orgId: string, of: "ticket" | "webhook", id: string, waiting: boolean): void {
  // What came while nobody saw the page is known once somebody does.
  const due = useRef(false);
  const read = useCallback(() => {
    due.current = document.visibilityState !== "visible";
    // What cannot be said now is said when it is opened again.
    if (!due.current) askServer("/notices/read", { org: orgId, [of]: id }).catch(() => undefined);
  }, [orgId, of, id]);
  useEffect(() => {
    const look = () => due.current && read();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [read]);
  useEffect(() => {
    if (waiting) read();
  }, [waiting, read]);
  useNoticeNews(orgId, (created) => created?.[`${of}_id`] === id && read());
}
