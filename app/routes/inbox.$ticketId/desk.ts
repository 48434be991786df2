import type { InboxReader, Ticket, TicketEvent, TicketRights, TicketSummary } from "~/modules/tickets";
import { ticketRights } from "~/modules/tickets";
import type { Draft, SideThread, TicketFields } from "~/modules/tickets/index.server";
import type { Names } from "./thread/event-line-of";
import type { DeskThread } from "./thread/use-ticket-thread";

export type DeskArea = {
  id: string;
  name: string;
  visibility: "open" | "members" | "private";
  reply_mode: "claim" | "take_first" | "assignee_only";
  wait_limit_minutes: number;
};

export type Assignee = {
  id: string;
  name: string;
  handle?: string | null;
  role: "agent" | "admin";
  availability: "available" | "away";
  areaIds: string[];
  /** How many open tickets they have. */
  open: number;
};

/** What the page loads of a ticket. */
export type DeskData = {
  /** The organisation's own reasons for closing; not in copies of older versions. */
  closingReasons?: string[] | null;
  /** Whether the customer could be asked how it was, as things stood at loading. */
  asksRating?: boolean;
  /** The organisation's own fields of tickets with this one's values. */
  fields?: TicketFields;
  ticket: Ticket & { org_id: string };
  thread: DeskThread;
  areas: readonly DeskArea[];
  assignees: readonly Assignee[];
  /** The organisation's tags, to suggest. */
  tags: readonly string[];
  feed: string;
  me: InboxReader;
  /** Whether a note called the reader into this ticket. */
  called: boolean;
  /** Whether there was something to know of it that the reader had not looked at. */
  noticed: boolean;
  accountId: string;
  draft: Draft;
  /** Conversations with colleagues about it in which the reader takes part. */
  sideThreads: readonly SideThread[];
  width?: number;
};

/** What the reader may do with a ticket as it is now, by the same policy as the server's; an unknown area keeps what was loaded. */
export function rightsNow(desk: DeskData, ticket: TicketSummary): TicketRights {
  const area = desk.areas.find((one) => one.id === ticket.area.id);
  if (!area) return desk.ticket.can;
  const { id, visibility, reply_mode: replyMode } = area;
  return ticketRights(
    desk.me,
    { state: ticket.state, assigneeId: ticket.assignee?.id ?? null },
    { id, visibility, replyMode },
    desk.called,
  );
}

/** Names for what the history knows by id; `unknown` stands for who or what is no longer there. */
export function namesOf(desk: Pick<DeskData, "areas" | "assignees">, unknown: string): Names {
  const areas = new Map(desk.areas.map((one) => [one.id, one.name]));
  const members = new Map(desk.assignees.map((one) => [one.id, one.name]));
  return {
    area: (id) => areas.get(String(id)) ?? unknown,
    member: (id) => members.get(String(id)) ?? unknown,
  };
}

/** The values of the organisation's fields, with what the history heard of them since the page was loaded. */
export function fieldValuesNow(
  desk: Pick<DeskData, "ticket" | "fields" | "thread">,
  events: readonly TicketEvent[],
): Record<string, unknown> {
  const loaded = new Set(desk.thread.events.map(({ id }) => id));
  const values = { ...desk.fields?.values };
  for (const { id, ticket, after } of events)
    if (ticket === desk.ticket.id && !loaded.has(id)) Object.assign(values, after?.fields);
  return values;
}
