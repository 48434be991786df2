import { sql } from "drizzle-orm";
import { boolean, index, jsonb, pgTable, primaryKey, text, uuid } from "drizzle-orm/pg-core";
import { account } from "./accounts";
import { createdAt, id, instant } from "./columns";
import { conversation, message } from "./messaging";

const ofConversation = () =>
  uuid("conversation_id")
    .notNull()
    .references(() => conversation.id, { onDelete: "cascade" });
const ofAccount = (name = "account_id") =>
  uuid(name)
    .notNull()
    .references(() => account.id, { onDelete: "cascade" });

/** A link by which people come into a group. The link's secret is kept as its hash alone. */
export const chatInvite = pgTable(
  "chat_invite",
  {
    id: id(),
    conversationId: ofConversation(),
    tokenHash: text("token_hash").notNull().unique(),
    createdBy: ofAccount("created_by"),
    /** Whether an admin decides about each who comes by it. */
    asks: boolean("asks").notNull().default(false),
    createdAt: createdAt(),
    /** Null for a link that holds until it is taken back. */
    expiresAt: instant("expires_at"),
    revokedAt: instant("revoked_at"),
  },
  (t) => [index("chat_invite_conversation_idx").on(t.conversationId)],
);

/** Somebody who came by a link that asks, and waits for an admin's word. */
export const chatJoinRequest = pgTable(
  "chat_join_request",
  {
    conversationId: ofConversation(),
    accountId: ofAccount(),
    inviteId: uuid("invite_id").references(() => chatInvite.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.accountId] })],
);

export type ReportReason = "spam" | "abuse" | "fraud" | "other";

/** What somebody found wrong, kept as it was then: for whoever runs this installation. */
export const chatReport = pgTable(
  "chat_report",
  {
    id: id(),
    reporterId: ofAccount("reporter_id"),
    aboutId: uuid("about_id").references(() => account.id, { onDelete: "set null" }),
    conversationId: uuid("conversation_id").references(() => conversation.id, { onDelete: "set null" }),
    messageId: uuid("message_id"),
    reason: text("reason").$type<ReportReason>().notNull(),
    note: text("note").notNull().default(""),
    /** The last messages, as the reporter saw them. */
    excerpt: jsonb("excerpt").$type<unknown[]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (t) => [index("chat_report_created_idx").on(t.createdAt)],
);

/** What one reader did with a message for themselves alone. */
export const messageMark = pgTable(
  "message_mark",
  {
    accountId: ofAccount(),
    messageId: uuid("message_id")
      .notNull()
      .references(() => message.id, { onDelete: "cascade" }),
    conversationId: ofConversation(),
    starredAt: instant("starred_at"),
    /** Taken out of this reader's sight. */
    hiddenAt: instant("hidden_at"),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.messageId] }),
    index("message_mark_conversation_idx").on(t.accountId, t.conversationId),
    index("message_mark_starred_idx").on(t.accountId, t.starredAt).where(sql`${t.starredAt} is not null`),
  ],
);

/** What somebody has begun to write and not sent, on whatever device. */
export const draft = pgTable(
  "draft",
  {
    accountId: ofAccount(),
    conversationId: ofConversation(),
    text: text("text").notNull(),
    replyTo: uuid("reply_to"),
    updatedAt: instant("updated_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.conversationId] })],
);

/** A message that leaves later, as if its author sent it then. */
export const scheduledMessage = pgTable(
  "scheduled_message",
  {
    /** The `client_id` that it is sent with, so that it is sent once. */
    id: id(),
    accountId: ofAccount(),
    conversationId: ofConversation(),
    text: text("text").notNull(),
    attachments: jsonb("attachments").$type<string[]>().notNull().default([]),
    replyTo: uuid("reply_to"),
    sendAt: instant("send_at").notNull(),
    /** The code of why it could not be sent; it waits for its author then. */
    failed: text("failed"),
    createdAt: createdAt(),
  },
  (t) => [
    index("scheduled_message_due_idx").on(t.sendAt).where(sql`${t.failed} is null`),
    index("scheduled_message_account_idx").on(t.accountId, t.conversationId),
  ],
);

/** What a page says of itself, remembered for a while for all who send its address. */
export const linkPreview = pgTable("link_preview", {
  /** SHA-256 of the address. */
  key: text("key").primaryKey(),
  /** Null where there is nothing to show. */
  preview: jsonb("preview").$type<Record<string, unknown>>(),
  fetchedAt: instant("fetched_at").notNull(),
});
