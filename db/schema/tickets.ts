import { sql } from "drizzle-orm";
import {
  bigserial,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { area, member, organisation } from "./accounts";
import { channel } from "./channels";
import { createdAt, id, instant } from "./columns";
import { contact } from "./contacts";
import { conversation } from "./messaging";
import type { Priority } from "./priority";
import { queuePlace } from "./queue-order";

export type TicketState = "bot" | "open" | "closed";
export type WaitingOn = "agent" | "customer" | "none";
export type { Priority } from "./priority";

/** A numbered segment of a customer conversation. */
export const ticket = pgTable(
  "ticket",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    number: integer("number").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    contactId: uuid("contact_id").notNull(),
    channelId: uuid("channel_id").notNull(),
    areaId: uuid("area_id").notNull(),
    assigneeId: uuid("assignee_id"),
    /** Who had it when it was closed or returned; a reopening may give it back (R3). */
    lastAssigneeId: uuid("last_assignee_id"),
    state: text("state").$type<TicketState>().notNull(),
    priority: text("priority").$type<Priority>().notNull().default("normal"),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    waitingOn: text("waiting_on").$type<WaitingOn>().notNull().default("none"),
    waitingSince: instant("waiting_since"),
    snoozedUntil: instant("snoozed_until"),
    /** The first and, once closed, the last message of this segment. */
    firstSeq: integer("first_seq").notNull(),
    lastSeq: integer("last_seq"),
    openedAt: instant("opened_at").notNull(),
    firstReplyAt: instant("first_reply_at"),
    closedAt: instant("closed_at"),
    closeReason: text("close_reason"),
    reopenCount: integer("reopen_count").notNull().default(0),
    /** A customer wrote thanks after the closing; shown to the agent, opens nothing (R2). */
    thanked: boolean("thanked").notNull().default(false),
    /** Since when it stands open in its area's queue without an assignee; null while it does not. */
    queuedAt: instant("queued_at"),
    /** Stands before the others of its queue (R3). */
    queueFront: boolean("queue_front").notNull().default(false),
    assignedAt: instant("assigned_at"),
    /** Members from whom it came back, to whom it is not given by itself again (R13). */
    skipMemberIds: uuid("skip_member_ids").array().notNull().default(sql`'{}'`),
    /** When the customer was last told that nobody is there (R14). */
    hoursNoticeAt: instant("hours_notice_at"),
    /** When it last went on to another area for nobody took it. */
    overflowedAt: instant("overflowed_at"),
    /** Whoever got it without its history reads from this number on; null: everything. */
    historyFromSeq: integer("history_from_seq"),
    /** Values of the organisation's own fields by their key. */
    fields: jsonb("fields").$type<Record<string, unknown>>().notNull().default({}),
    ratingAskedAt: instant("rating_asked_at"),
    /** The customer's rating, 1 to 5. */
    rating: integer("rating"),
    ratedAt: instant("rated_at"),
    /** When the last message of the segment came; the order of the lists. */
    lastActivityAt: instant("last_activity_at").notNull(),
    version: integer("version").notNull().default(1),
    createdAt: createdAt(),
  },
  (t) => [
    unique("ticket_org_number_key").on(t.orgId, t.number),
    unique("ticket_org_id_key").on(t.orgId, t.id),
    uniqueIndex("ticket_one_live_key").on(t.conversationId).where(sql`${t.state} <> 'closed'`),
    foreignKey({ columns: [t.orgId, t.conversationId], foreignColumns: [conversation.orgId, conversation.id] }),
    foreignKey({ columns: [t.orgId, t.contactId], foreignColumns: [contact.orgId, contact.id] }),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channel.orgId, channel.id] }),
    foreignKey({ columns: [t.orgId, t.areaId], foreignColumns: [area.orgId, area.id] }),
    foreignKey({ columns: [t.orgId, t.assigneeId], foreignColumns: [member.orgId, member.id] }),
    check("ticket_assignee_implies_open", sql`${t.assigneeId} is null or ${t.state} = 'open'`),
    check("ticket_rating_in_range", sql`${t.rating} between 1 and 5`),
    check("ticket_closed_has_time", sql`(${t.state} = 'closed') = (${t.closedAt} is not null)`),
    index("ticket_list_idx").on(t.orgId, t.state, t.lastActivityAt, t.id),
    index("ticket_area_list_idx").on(t.orgId, t.areaId, t.state, t.lastActivityAt, t.id),
    index("ticket_assignee_list_idx").on(t.orgId, t.assigneeId, t.state, t.lastActivityAt, t.id),
    index("ticket_conversation_idx").on(t.conversationId, t.openedAt),
    index("ticket_contact_idx").on(t.contactId),
    // What the clock looks for: few rows each, whatever an organisation's history.
    index("ticket_queue_idx").on(t.orgId, t.areaId, t.queuedAt).where(sql`${t.queuedAt} is not null`),
    // A queue as it is to be served, area by area.
    index("ticket_queue_order_idx")
      .on(t.orgId, t.areaId, ...queuePlace(t), t.id)
      .where(sql`${t.state} = 'open' and ${t.assigneeId} is null and ${t.snoozedUntil} is null`),
    // Most tickets are of normal priority: what is not is found among the open ones without looking through them.
    index("ticket_priority_idx")
      .on(t.orgId, t.priority, t.lastActivityAt, t.id)
      .where(sql`${t.state} = 'open' and ${t.priority} <> 'normal'`),
    index("ticket_rated_idx").on(t.ratedAt).where(sql`${t.ratedAt} is not null`),
    index("ticket_snoozed_idx").on(t.snoozedUntil).where(sql`${t.snoozedUntil} is not null`),
    index("ticket_waiting_idx").on(t.waitingOn, t.waitingSince).where(sql`${t.state} = 'open'`),
  ],
);

/** Who did what to a ticket; only ever added to. */
export const ticketEvent = pgTable(
  "ticket_event",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    ticketId: uuid("ticket_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    /** The conversation's last seq when it happened: where the line stands in the thread. */
    afterSeq: integer("after_seq").notNull(),
    kind: text("kind").notNull(),
    actorKind: text("actor_kind").$type<"member" | "bot" | "customer" | "system">().notNull(),
    actorId: uuid("actor_id"),
    actorName: text("actor_name").notNull(),
    /** Where the ticket stood after it: what reports count by, whatever became of the ticket since. */
    areaId: uuid("area_id"),
    assigneeId: uuid("assignee_id"),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    reason: text("reason"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.ticketId], foreignColumns: [ticket.orgId, ticket.id] }).onDelete("cascade"),
    index("ticket_event_ticket_idx").on(t.ticketId, t.id),
    index("ticket_event_conversation_idx").on(t.conversationId, t.id),
    index("ticket_event_time_idx").using("brin", t.createdAt).with({ autosummarize: true }),
  ],
);

/** Members whom a note called into a ticket that they would not see (R16). */
export const ticketReader = pgTable(
  "ticket_reader",
  {
    orgId: uuid("org_id").notNull(),
    ticketId: uuid("ticket_id").notNull(),
    memberId: uuid("member_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.ticketId, t.memberId] }),
    foreignKey({ columns: [t.orgId, t.ticketId], foreignColumns: [ticket.orgId, ticket.id] }).onDelete("cascade"),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [member.orgId, member.id] }).onDelete("cascade"),
    index("ticket_reader_member_idx").on(t.memberId),
  ],
);

/**
 * How many tickets stand where, as additions: each change of a ticket adds a row of -1 and one of +1, so that none waits
 * for another, and a job adds rows up. The sum of what a transaction sees is exact in it.
 */
export const ticketCount = pgTable(
  "ticket_count",
  {
    id: bigserial("id", { mode: "bigint" }).primaryKey(),
    orgId: uuid("org_id").notNull(),
    areaId: uuid("area_id").notNull(),
    assigneeId: uuid("assignee_id"),
    state: text("state").$type<TicketState>().notNull(),
    waitingOn: text("waiting_on").$type<WaitingOn>().notNull(),
    snoozed: boolean("snoozed").notNull(),
    n: integer("n").notNull(),
  },
  (t) => [index("ticket_count_org_idx").on(t.orgId)],
);

/** A conversation of colleagues about a ticket, or a ticket shown in a group. */
export const ticketThread = pgTable(
  "ticket_thread",
  {
    orgId: uuid("org_id").notNull(),
    ticketId: uuid("ticket_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.ticketId, t.conversationId] }),
    foreignKey({ columns: [t.orgId, t.ticketId], foreignColumns: [ticket.orgId, ticket.id] }).onDelete("cascade"),
    foreignKey({
      columns: [t.orgId, t.conversationId],
      foreignColumns: [conversation.orgId, conversation.id],
    }).onDelete("cascade"),
  ],
);
