import type { NewNotice } from "~/modules/tickets";
import { useTopic } from "../hub-provider";

/** Tells when a member has something more to know of a ticket, and when it was read here or on another device. */
export function useNoticeNews(orgId: string | null, onNews: (created: NewNotice | null) => void): void {
  useTopic(orgId ? `organisation:${orgId}:tickets` : null, undefined, {
    onEvent({ event, data }) {
      if (event === "notice.created") onNews((data as { notice: NewNotice }).notice);
      else if (event === "notice.read") onNews(null);
    },
    onResync: () => onNews(null),
  });
}
