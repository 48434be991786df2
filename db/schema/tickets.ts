import { sql } from "drizzle-orm";
import {
  boolean,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
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

export type TicketState = "bot" | "open" | "closed";
export type WaitingOn = "agent" | "customer" | "none";
export type Priority = "low" | "normal" | "high" | "urgent";

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
    check("ticket_closed_has_time", sql`(${t.state} = 'closed') = (${t.closedAt} is not null)`),
    index("ticket_list_idx").on(t.orgId, t.state, t.lastActivityAt, t.id),
    index("ticket_area_list_idx").on(t.orgId, t.areaId, t.state, t.lastActivityAt, t.id),
    index("ticket_assignee_list_idx").on(t.orgId, t.assigneeId, t.state, t.lastActivityAt, t.id),
    index("ticket_conversation_idx").on(t.conversationId, t.openedAt),
    index("ticket_contact_idx").on(t.contactId),
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
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    reason: text("reason"),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.ticketId], foreignColumns: [ticket.orgId, ticket.id] }).onDelete("cascade"),
    index("ticket_event_ticket_idx").on(t.ticketId, t.id),
    index("ticket_event_conversation_idx").on(t.conversationId, t.id),
  ],
);
