import { useCallback, useEffect, useRef } from "react";
import { askServer } from "~/platform/ask-server";
import { useNoticeNews } from "./use-notice-news";

/** Who looks at a ticket knows what there was to know of it, on all their devices. `waiting`: something was when it was loaded. */
export function useTicketNotices(orgId: string, ticketId: string, waiting: boolean): void {
  // What came while nobody saw the page is known once somebody does.
  const due = useRef(false);
  const read = useCallback(() => {
    due.current = document.visibilityState !== "visible";
    // What cannot be said now is said when the ticket is opened again.
    if (!due.current) askServer("/notices/read", { org: orgId, ticket: ticketId }).catch(() => undefined);
  }, [orgId, ticketId]);
  useEffect(() => {
    const look = () => due.current && read();
    document.addEventListener("visibilitychange", look);
    return () => document.removeEventListener("visibilitychange", look);
  }, [read]);
  useEffect(() => {
    if (waiting) read();
  }, [waiting, read]);
  useNoticeNews(orgId, (created) => created?.ticket_id === ticketId && read());
}
