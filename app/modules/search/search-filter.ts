import type { TicketState } from "~db/schema/tickets";

/** In what order; each kind has its own where none is asked for: contacts the best first, the rest the newest first. */
export type SearchSort = "relevance" | "newest";

/** What a search may be narrowed by; what is not named does not matter. */
export type SearchFilter = {
  areaId?: string;
  /** A member's id, or `none` for unassigned. */
  assignee?: string;
  channelId?: string;
  contactId?: string;
  state?: TicketState;
  tag?: string;
  /** Days by the organisation's calendar, `YYYY-MM-DD`, both within. */
  from?: string;
  to?: string;
};
