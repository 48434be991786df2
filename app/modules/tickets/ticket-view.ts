import type { LastMessage } from "~/modules/messaging";
import type { ChannelKind } from "~db/schema/channels";
import type { NoticeKind } from "~db/schema/notices";
import type { Priority, TicketState, WaitingOn } from "~db/schema/tickets";
import type { TicketRights } from "./policy";

/** A ticket as sockets and lists see it, the same for every reader; times are RFC 3339. */
export type TicketSummary = {
  id: string;
  number: number;
  state: TicketState;
  area: { id: string; name: string };
  assignee: { id: string; name: string } | null;
  contact: { id: string; name: string };
  channel: { id: string; kind: ChannelKind };
  conversation_id: string;
  priority: Priority;
  tags: string[];
  waiting_on: WaitingOn;
  waiting_since: string | null;
  snoozed_until: string | null;
  /** Since when it stands in its area's queue, and whether before the others (R3). */
  queued_at: string | null;
  queue_front: boolean;
  opened_at: string;
  first_reply_at: string | null;
  closed_at: string | null;
  close_reason: string | null;
  reopen_count: number;
  thanked: boolean;
  /** What the customer thinks of it, 1 to 5, and when they last said so. */
  rating: number | null;
  rated_at: string | null;
  version: number;
  last_activity_at: string;
  last_message: LastMessage | null;
};

/** A ticket for one reader, with what this reader may do. */
export type Ticket = TicketSummary & { can: TicketRights };

/** One line of a ticket's history. */
export type TicketEvent = {
  id: string;
  ticket: string;
  after_seq: number;
  kind: TicketEventKind;
  actor: { kind: "member" | "bot" | "customer" | "system"; id: string | null; name: string };
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  reason: string | null;
  created_at: string;
};

export type TicketEventKind =
  | "opened"
  | "reopened"
  | "handed_over"
  | "claimed"
  | "assigned"
  | "returned"
  | "transferred"
  | "changed"
  | "sent_to_bot"
  | "woken"
  | "rated"
  | "closed";

/** Something that a member is to know of a ticket, or an admin of a webhook, as it is told at once: one of the two is set. */
export type NewNotice = {
  id: string;
  kind: NoticeKind;
  ticket_id: string | null;
  webhook_id: string | null;
  /** Who caused it; empty for the clock; of a webhook its host. */
  by: string;
  reason: string | null;
  /** How many more of its kind, of whatever tickets, it stands for; told anew with each of them. */
  others: number;
  created_at: string;
};

/** The same in the member's list; `contact` is null where the ticket is out of their sight. */
export type Notice = NewNotice & { read_at: string | null; number: number | null; contact: string | null };
