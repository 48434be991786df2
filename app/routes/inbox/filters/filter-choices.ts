import type { TicketSummary } from "~/modules/tickets";
import type { PickedAgent } from "~/modules/tickets/ui/agents-for";

/** What the parts of a filter, and changes of many tickets, can name. */
export type FilterChoices = {
  areas: readonly { id: string; name: string; wait_limit_minutes: number }[];
  assignees: readonly PickedAgent[];
  channels: readonly { id: string; kind: TicketSummary["channel"]["kind"]; name: string }[];
  tags: readonly string[];
  /** The organisation's own reasons for closing; null for the usual ones; not in copies of older versions. */
  closingReasons?: readonly string[] | null;
};
