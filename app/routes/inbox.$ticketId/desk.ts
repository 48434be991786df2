import type { InboxReader, Ticket, TicketRights, TicketSummary } from "~/modules/tickets";
import { ticketRights } from "~/modules/tickets";
import type { Draft, SideThread } from "~/modules/tickets/index.server";
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
