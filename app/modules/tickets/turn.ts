import type { WaitingOn } from "~db/schema/tickets";

/** Whose turn it is in a ticket and since when, and what each message moves with it (R8). */
export type TicketTurn = {
  waitingOn: WaitingOn;
  waitingSince: Date | null;
  snoozedUntil: Date | null;
  firstReplyAt: Date | null;
  lastActivityAt: Date;
};

/** R8: it is the agent's turn; the wait counts from the first message that nobody answered. */
export function waitingOnAgent(ticket: Pick<TicketTurn, "waitingOn" | "waitingSince">, now: Date) {
  const since = ticket.waitingOn === "agent" ? (ticket.waitingSince ?? now) : now;
  return { waitingOn: "agent", waitingSince: since } as const;
}

/** An open ticket after its customer wrote: the snooze ends too. */
export function turnAfterCustomer(ticket: TicketTurn, now: Date): TicketTurn {
  return { ...waitingOnAgent(ticket, now), snoozedUntil: null, firstReplyAt: ticket.firstReplyAt, lastActivityAt: now };
}

/** An open ticket after a person's public reply. */
export function turnAfterReply(ticket: TicketTurn, now: Date): TicketTurn {
  return {
    waitingOn: "customer",
    waitingSince: now,
    snoozedUntil: ticket.snoozedUntil,
    firstReplyAt: ticket.firstReplyAt ?? now,
    lastActivityAt: now,
  };
}
