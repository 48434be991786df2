import { z } from "zod";
import { CHANNEL_KINDS } from "~/modules/channels";
import { attachment, authorKind, messageKind, visibility } from "./message";
import { id, idAndName, named, time } from "./named";

export const ticketState = z.enum(["bot", "open", "closed"]);
export const waitingOn = z.enum(["agent", "customer", "none"]);
export const priority = z.enum(["low", "normal", "high", "urgent"]);

const fields = {
  id,
  number: z.int(),
  state: ticketState,
  area: idAndName,
  assignee: idAndName.nullable(),
  contact: idAndName,
  channel: z.object({ id, kind: z.enum(CHANNEL_KINDS) }),
  conversation_id: id,
  priority,
  tags: z.array(z.string()),
  waiting_on: waitingOn,
  waiting_since: time.nullable(),
  snoozed_until: time.nullable(),
  queued_at: time.nullable().describe("Since when it stands in its area's queue"),
  queue_front: z.boolean().describe("It stands before the others of its queue"),
  opened_at: time,
  first_reply_at: time.nullable(),
  closed_at: time.nullable(),
  close_reason: z.string().nullable(),
  reopen_count: z.int(),
  thanked: z.boolean(),
  rating: z.int().min(1).max(5).nullable().describe("The customer's, where one was asked for"),
  rated_at: time.nullable(),
  version: z.int(),
  last_activity_at: time,
  last_message: z
    .object({
      ...{ seq: z.int(), text: z.string(), author_kind: authorKind, kind: messageKind, visibility, at: time },
      file: attachment.pick({ kind: true, name: true }).nullable().describe("The first of its files"),
    })
    .nullable(),
  can: z.object({
    see: z.boolean(),
    reply: z.boolean(),
    note: z.boolean(),
    claim: z.boolean(),
    manage: z.boolean(),
    close: z.boolean(),
    reopen: z.boolean(),
  }),
};

export const ticket = named(
  "Ticket",
  "A numbered piece of a customer's conversation. `can` says what the token's member may do with it.",
  z.object(fields),
);

export const listedTicket = named(
  "ListedTicket",
  "A ticket in a list. `read_seq` is how far the token's member has read its conversation.",
  z.object({ ...fields, read_seq: z.int() }),
);

export const ticketCounts = named(
  "TicketCounts",
  "How many tickets each standing list holds.",
  z.object({
    mine: z.int(),
    queue: z.int(),
    bot: z.int(),
    open: z.int(),
    closed: z.int(),
    snoozed: z.int(),
    all: z.int(),
  }),
);

export const bulkResult = named(
  "BulkResult",
  "Which tickets were changed, and which stayed as they were, with the code of the refusal.",
  z.object({
    done: z.array(z.object({ id, number: z.int(), version: z.int() })),
    refused: z.array(z.object({ id, number: z.int().nullable(), code: z.string() })),
  }),
);

const snapshot = z.record(z.string(), z.unknown()).nullable();

export const ticketEvent = named(
  "TicketEvent",
  "One line of a ticket's history; it stands after message `after_seq` of the conversation.",
  z.object({
    id,
    ticket: id,
    after_seq: z.int(),
    kind: z.enum([
      "opened",
      "reopened",
      "handed_over",
      "claimed",
      "assigned",
      "returned",
      "transferred",
      "changed",
      "sent_to_bot",
      "woken",
      "rated",
      "closed",
    ]),
    actor: z.object({
      kind: z.enum(["member", "bot", "customer", "system"]),
      id: id.nullable(),
      name: z.string(),
    }),
    before: snapshot,
    after: snapshot,
    reason: z.string().nullable(),
    created_at: time,
  }),
);
