import type { TicketState, WaitingOn } from "~db/schema/tickets";

type Place = { state: TicketState; assigneeId: string | null; waitingOn?: WaitingOn; waitingSince?: Date | null };
type Times = { queuedAt: Date | null; assignedAt: Date | null; queueFront?: boolean };

/**
 * Since when a ticket stands in its queue, and since when somebody has it, after a change. A ticket that comes back to the
 * queue is as old in it as its customer's wait, so that nobody loses their place by having been given away (R13); one that
 * lay there unanswered by its customer stands in it from the moment in which they write.
 * @param before null for a new ticket
 */
export function placeTimes(before: (Place & Times) | null, after: Place, now: Date): Partial<Times> {
  const queued = after.state === "open" && after.assigneeId === null;
  const was = before !== null && before.state === "open" && before.assigneeId === null;
  const wakes = queued && after.waitingOn === "agent" && before?.waitingOn === "customer";
  const times: Partial<Times> = {};
  if (queued !== was || wakes) times.queuedAt = queued ? (after.waitingSince ?? now) : null;
  if (!queued && before?.queueFront) times.queueFront = false;
  const holder = before?.assigneeId ?? null;
  if (after.assigneeId !== holder) times.assignedAt = after.assigneeId ? now : null;
  return times;
}
