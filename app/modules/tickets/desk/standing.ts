import type { TicketRow } from "../reading/summarise.server";

/** How an open ticket stood before it was closed; its line of history keeps it. */
export type Standing = {
  state: TicketRow["state"];
  assignee_id: string | null;
  last_assignee_id: string | null;
  waiting_on: TicketRow["waitingOn"];
  waiting_since: string | null;
  snoozed_until: string | null;
  queued_at: string | null;
  queue_front: boolean;
  assigned_at: string | null;
};

export const standingOf = (ticket: TicketRow): Standing => ({
  state: ticket.state,
  assignee_id: ticket.assigneeId,
  last_assignee_id: ticket.lastAssigneeId,
  waiting_on: ticket.waitingOn,
  waiting_since: ticket.waitingSince?.toISOString() ?? null,
  snoozed_until: ticket.snoozedUntil?.toISOString() ?? null,
  queued_at: ticket.queuedAt?.toISOString() ?? null,
  queue_front: ticket.queueFront,
  assigned_at: ticket.assignedAt?.toISOString() ?? null,
});
