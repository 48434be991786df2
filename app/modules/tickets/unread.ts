import type { TicketSummary } from "./ticket-view";

type Heard = Pick<TicketSummary, "last_message" | "state">;

/** Whether what came last is for the organisation's people to read: the customer's, unless a bot still answers. */
export const callsPeople = ({ last_message: last, state }: Heard): boolean =>
  last?.author_kind === "contact" && state !== "bot";

/** Whether somebody who has read up to `readSeq` has something to read there. */
export const isUnreadAfter = (ticket: Heard, readSeq: number): boolean =>
  callsPeople(ticket) && (ticket.last_message?.seq ?? 0) > readSeq;
