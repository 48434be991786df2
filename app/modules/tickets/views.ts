import type { TicketSummary } from "./ticket-view";

/** The inbox's standing lists. */
export const TICKET_VIEWS = ["mine", "queue", "bot", "open", "closed", "snoozed", "all"] as const;
export type TicketViewName = (typeof TICKET_VIEWS)[number];

export const isTicketView = (value: unknown): value is TicketViewName => TICKET_VIEWS.some((view) => view === value);

type Reader = { memberId: string; role: "agent" | "admin"; areaIds: readonly string[] };

/** Whether a ticket that the reader sees stands in a view; `viewFilter` says the same in SQL. A snoozed one waits apart. */
export function belongsTo(view: TicketViewName, ticket: TicketSummary, reader: Reader): boolean {
  const awake = ticket.snoozed_until === null;
  switch (view) {
    case "mine":
      return ticket.state === "open" && awake && ticket.assignee?.id === reader.memberId;
    case "queue":
      return (
        ticket.state === "open" &&
        awake &&
        ticket.assignee === null &&
        (reader.role === "admin" || reader.areaIds.includes(ticket.area.id))
      );
    case "open":
      return ticket.state === "open" && awake;
    case "snoozed":
      return !awake;
    case "all":
      return true;
    default:
      return ticket.state === view;
  }
}
