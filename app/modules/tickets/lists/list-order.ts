import { PRIORITIES } from "~db/schema/priority";
import type { TicketSummary } from "../ticket-view";
import type { TicketViewName } from "../views";

/** A queue stands as it is to be served, other lists with the newest activity first. */
export type ListOrder = "queue" | "activity";
export const orderOf = (view: TicketViewName | undefined): ListOrder => (view === "queue" ? "queue" : "activity");

type Placed = Pick<TicketSummary, "id" | "last_activity_at" | "priority" | "queue_front" | "queued_at" | "opened_at">;

/** Where a ticket stands in a list: what is smaller stands above. */
type Place = { figures: readonly number[]; id: string };

function placeOf(order: ListOrder, ticket: Placed): Place {
  const { id } = ticket;
  if (order === "activity") return { figures: [-Date.parse(ticket.last_activity_at)], id };
  const since = Date.parse(ticket.queued_at ?? ticket.opened_at);
  return { figures: [ticket.queue_front ? 0 : 1, PRIORITIES.indexOf(ticket.priority), since], id };
}

/** Of two that stand at the same figures the younger is above in lists of activity, and below in queues. */
function compare(order: ListOrder, a: Place, b: Place): number {
  for (const [at, figure] of a.figures.entries()) {
    const other = b.figures[at] ?? 0;
    if (figure !== other) return figure - other;
  }
  const byId = a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return order === "activity" ? -byId : byId;
}

/** Sorts tickets as a view shows them. */
export const inOrderOf = (view: TicketViewName | undefined) => (a: Placed, b: Placed) => {
  const order = orderOf(view);
  return compare(order, placeOf(order, a), placeOf(order, b));
};

/** The cursor that names a ticket's place: its figures and its id. */
export function cursorOf(order: ListOrder, ticket: Placed): string {
  const { figures, id } = placeOf(order, ticket);
  return [...figures.map(Math.abs), id].join(".");
}

const SHAPES = {
  activity: /^(\d{1,13})\.([0-9a-f-]{36})$/,
  queue: /^([01])\.([0-3])\.(\d{1,13})\.([0-9a-f-]{36})$/,
} as const;

/** The figures and the id of a cursor; null for what is none of this order. */
export function readCursor(order: ListOrder, cursor: string): Place | null {
  const parts = SHAPES[order].exec(cursor)?.slice(1);
  if (!parts) return null;
  const id = parts.pop() ?? "";
  return { figures: parts.map(Number), id };
}

/** Whether a ticket stands below the place that a cursor names, so that it comes with a later page. */
export function isBeyond(view: TicketViewName | undefined, cursor: string, ticket: Placed): boolean {
  const order = orderOf(view);
  const place = readCursor(order, cursor);
  if (!place) return false;
  const figures = order === "activity" ? place.figures.map((figure) => -figure) : place.figures;
  return compare(order, placeOf(order, ticket), { ...place, figures }) > 0;
}
