import type { Place } from "../desk/change-ticket.server";

const stands = ({ state, assigneeId, snoozedUntil }: Place) =>
  state === "open" && assigneeId === null && snoozedUntil === null;

const PUT_THERE: ReadonlySet<string> = new Set(["transferred", "returned"]);

/**
 * Whether a change brought a ticket into its area's queue: by opening, handing over, giving back, going on to another area
 * or waking up, or since its customer waits again. One that waits for its customer is only brought by who puts it there.
 * @param was null for a new ticket
 * @param line the last line of its history that the change added
 */
export function entersQueue(was: Place | null, now: Place, line: { kind: string } | undefined): boolean {
  if (!stands(now)) return false;
  const stood = was !== null && stands(was) && was.areaId === now.areaId;
  if (now.waitingOn === "agent") return !stood || was.waitingOn !== "agent";
  return !stood && line !== undefined && PUT_THERE.has(line.kind);
}
