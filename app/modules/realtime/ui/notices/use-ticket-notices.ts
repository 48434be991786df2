import { useCallback, useEffect } from "react";
import { askServer } from "~/platform/ask-server";
import { useNoticeNews } from "./use-notice-news";

/** Who looks at a ticket knows what there was to know of it, on all their devices. `waiting`: something was when it was loaded. */
export function useTicketNotices(orgId: string, ticketId: string, waiting: boolean): void {
  const read = useCallback(() => {
    // What cannot be said now is said when the ticket is opened again.
    if (document.visibilityState === "visible")
      askServer("/notices/read", { org: orgId, ticket: ticketId }).catch(() => undefined);
  }, [orgId, ticketId]);
  useEffect(() => {
    if (waiting) read();
  }, [waiting, read]);
  useNoticeNews(orgId, (created) => created?.ticket_id === ticketId && read());
}
