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
import { account, organisation } from "./accounts";
import { channel } from "./channels";
import { createdAt, id, instant, xid8 } from "./columns";
import { identity } from "./contacts";

export type ConversationKind = "direct" | "group" | "org_group" | "customer";

/** An endless ordered stream of messages. */
export const conversation = pgTable(
  "conversation",
  {
    id: id(),
    /** Null for direct chats and personal groups, which belong to their participants. */
    orgId: uuid("org_id").references(() => organisation.id, { onDelete: "cascade" }),
    kind: text("kind").$type<ConversationKind>().notNull(),
    channelId: uuid("channel_id"),
    identityId: uuid("identity_id"),
    /** Both account ids in order, so that two people have one direct chat. */
    directKey: text("direct_key").unique(),
    title: text("title"),
    /** A group's picture: a file of this conversation. */
    pictureId: uuid("picture_id"),
    /** By which link the customer came: the area it named, and its reference. */
    entry: jsonb("entry").$type<{ areaId?: string; ref?: string }>(),
    lastSeq: integer("last_seq").notNull().default(0),
    rev: integer("rev").notNull().default(0),
    publicRev: integer("public_rev").notNull().default(0),
    lastMessageAt: instant("last_message_at"),
    /** The newest message, for staff and for the customer. */
    lastMessageId: uuid("last_message_id"),
    lastPublicMessageId: uuid("last_public_message_id"),
    /** The provider's clock of the customer's last message: opens the reply window. */
    lastInboundAt: instant("last_inbound_at"),
    /** How far the customer has received and read (customer conversations of guests and providers). */
    customerDeliveredSeq: integer("customer_delivered_seq").notNull().default(0),
    customerReadSeq: integer("customer_read_seq").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channel.orgId, channel.id] }),
    foreignKey({ columns: [t.orgId, t.identityId], foreignColumns: [identity.orgId, identity.id] }),
    unique("conversation_org_id_key").on(t.orgId, t.id),
    uniqueIndex("conversation_identity_key").on(t.identityId).where(sql`${t.kind} = 'customer'`),
    check(
      "conversation_kind_shape",
      sql`(${t.kind} = 'customer') = (${t.identityId} is not null and ${t.channelId} is not null)
        and (${t.kind} not in ('customer', 'org_group') or ${t.orgId} is not null)`,
    ),
  ],
);

/** A group has one owner, who hands it over before leaving. */
export type ParticipantRole = "member" | "admin" | "owner" | "customer";

/** Accounts that take part: both of a direct chat, a group's members, and the customer on the internal channel. */
export const participant = pgTable(
  "participant",
  {
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    orgId: uuid("org_id"),
    role: text("role").$type<ParticipantRole>().notNull().default("member"),
    /** False while a stranger's direct chat waits for this one's word, and of who was put out of a group. */
    accepted: boolean("accepted").notNull().default(true),
    joinedAt: instant("joined_at").notNull().default(sql`now()`),
    leftAt: instant("left_at"),
    mutedUntil: instant("muted_until"),
    pinnedAt: instant("pinned_at"),
    archivedAt: instant("archived_at"),
  },
  (t) => [
    primaryKey({ columns: [t.conversationId, t.accountId] }),
    index("participant_account_idx").on(t.accountId).where(sql`${t.leftAt} is null`),
  ],
);

/** How far an account has read a conversation; only moves forward. */
export const readMark = pgTable(
  "read_mark",
  {
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    orgId: uuid("org_id"),
    seq: integer("seq").notNull(),
    readAt: instant("read_at").notNull(),
  },
  (t) => [primaryKey({ columns: [t.conversationId, t.accountId] })],
);

export type AuthorKind = "contact" | "member" | "account" | "bot" | "device" | "system";
export type MessageKind =
  | "text"
  | "media"
  | "location"
  | "contact"
  | "interactive"
  | "template"
  | "rating"
  | "system"
  | "placeholder";
export type Visibility = "public" | "staff";
/** What a group's notice says: who did it is `by`, to whom or what `about`. */
export type NoticeWhat = "created" | "renamed" | "pictured" | "added" | "joined" | "removed" | "left" | "handed_over";
/** Who gave an emoji to a message, in the order in which they did. */
export type Reaction = { emoji: string; by: { kind: AuthorKind; id: string; name: string }[] };
export type Delivery = "queued" | "sent" | "delivered" | "read" | "failed" | "unknown";

export const message = pgTable(
  "message",
  {
    id: id(),
    conversationId: uuid("conversation_id")
      .notNull()
      .references(() => conversation.id, { onDelete: "cascade" }),
    orgId: uuid("org_id"),
    channelId: uuid("channel_id"),
    ticketId: uuid("ticket_id"),
    seq: integer("seq").notNull(),
    authorKind: text("author_kind").$type<AuthorKind>().notNull(),
    /** Contact, member, account, flow run; null for the system and for devices. */
    authorId: uuid("author_id"),
    /** The author's name when it was written. */
    authorName: text("author_name").notNull(),
    /** The sender's key for this message (UUID): a repeat finds the first. */
    clientId: uuid("client_id"),
    kind: text("kind").$type<MessageKind>().notNull(),
    text: text("text").notNull().default(""),
    /** What the kind adds to the text: choices shown, place, contact card, provider's media ids. */
    payload: jsonb("payload").$type<Record<string, unknown>>(),
    attachments: jsonb("attachments").$type<unknown[]>().notNull().default([]),
    replyTo: uuid("reply_to"),
    visibility: text("visibility").$type<Visibility>().notNull().default("public"),
    /** The provider's id (wamid, mid). */
    externalId: text("external_id"),
    delivery: text("delivery").$type<Delivery>(),
    deliveryError: jsonb("delivery_error").$type<{ code: string; text: string }>(),
    reactions: jsonb("reactions").$type<Reaction[]>().notNull().default([]),
    /** True when the provider handed it over more than 24 h after it was written (R1). */
    late: boolean("late").notNull().default(false),
    sentAt: instant("sent_at").notNull(),
    createdAt: createdAt(),
    editedAt: instant("edited_at"),
    deletedAt: instant("deleted_at"),
    /** Kept at the head of the conversation, for all. */
    pinnedAt: instant("pinned_at"),
  },
  (t) => [
    index("message_pinned_idx").on(t.conversationId).where(sql`${t.pinnedAt} is not null`),
    unique("message_conversation_seq_key").on(t.conversationId, t.seq),
    uniqueIndex("message_author_client_key")
      .on(t.authorKind, t.authorId, t.clientId)
      .where(sql`${t.clientId} is not null`),
    uniqueIndex("message_channel_external_key").on(t.channelId, t.externalId).where(sql`${t.externalId} is not null`),
    index("message_ticket_idx").on(t.ticketId),
    // The reports read whole hours; messages lie in the order of time.
    index("message_time_idx").using("brin", t.createdAt).with({ autosummarize: true }),
    check("message_note_has_no_delivery", sql`${t.visibility} = 'public' or ${t.delivery} is null`),
  ],
);

/** What a message said before it was edited or deleted, and who changed it. */
export const messageEdit = pgTable(
  "message_edit",
  {
    id: id(),
    orgId: uuid("org_id"),
    conversationId: uuid("conversation_id").notNull(),
    messageId: uuid("message_id")
      .notNull()
      .references(() => message.id, { onDelete: "cascade" }),
    kind: text("kind").$type<"edited" | "deleted">().notNull(),
    text: text("text").notNull(),
    attachments: jsonb("attachments").$type<unknown[]>().notNull().default([]),
    byKind: text("by_kind").$type<AuthorKind>().notNull(),
    byId: uuid("by_id").notNull(),
    byName: text("by_name").notNull(),
    createdAt: createdAt(),
  },
  (t) => [index("message_edit_message_idx").on(t.messageId, t.id)],
);

/**
 * The log of what changed, for catching up. `rev` and `publicRev` number the changes of one conversation as staff and
 * as the customer see them (null: not for them); `(xid, id)` below the snapshot's horizon orders the feed without holes.
 */
export const change = pgTable(
  "change",
  {
    id: bigserial("id", { mode: "bigint" }).primaryKey(),
    xid: xid8("xid").notNull().default(sql`pg_current_xact_id()`),
    orgId: uuid("org_id"),
    conversationId: uuid("conversation_id").notNull(),
    ticketId: uuid("ticket_id"),
    rev: integer("rev"),
    publicRev: integer("public_rev"),
    kind: text("kind").notNull(),
    ref: uuid("ref").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    index("change_feed_idx").on(t.xid, t.id),
    index("change_org_feed_idx").on(t.orgId, t.xid, t.id).where(sql`${t.ticketId} is not null`),
    uniqueIndex("change_conversation_rev_key").on(t.conversationId, t.rev).where(sql`${t.rev} is not null`),
    uniqueIndex("change_conversation_public_rev_key")
      .on(t.conversationId, t.publicRev)
      .where(sql`${t.publicRev} is not null`),
  ],
);

/** What must leave by a provider; nothing leaves otherwise. Sent in order within a conversation. */
export const outbox = pgTable(
  "outbox",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    channelId: uuid("channel_id").notNull(),
    messageId: uuid("message_id")
      .notNull()
      .references(() => message.id, { onDelete: "cascade" }),
    seq: integer("seq").notNull(),
    /** A long text leaves in parts, each sent once and in order. */
    part: integer("part").notNull().default(0),
    parts: integer("parts").notNull().default(1),
    /** What is sent, in the channel-neutral form that a driver takes. */
    content: jsonb("content").notNull(),
    state: text("state").$type<"waiting" | "sending" | "sent" | "failed" | "unknown">().notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    nextAt: instant("next_at").notNull().default(sql`now()`),
    leasedUntil: instant("leased_until"),
    error: jsonb("error").$type<{ code: string; text: string }>(),
    /** The provider's id of this part; the message's own is the first one's. */
    externalId: text("external_id"),
    createdAt: createdAt(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    index("outbox_external_idx").on(t.conversationId, t.externalId).where(sql`${t.externalId} is not null`),
    index("outbox_unclear_idx").on(t.conversationId).where(sql`${t.state} = 'unknown'`),
    unique("outbox_message_part_key").on(t.messageId, t.part),
    index("outbox_waiting_idx").on(t.conversationId, t.seq, t.part).where(sql`${t.state} in ('waiting', 'sending')`),
    index("outbox_due_idx").on(t.nextAt).where(sql`${t.state} in ('waiting', 'sending')`),
  ],
);

/** Delivery marks that arrived before the message they belong to was stored; kept 10 minutes. */
export const parkedStatus = pgTable(
  "parked_status",
  {
    channelId: uuid("channel_id").notNull(),
    orgId: uuid("org_id").notNull(),
    externalId: text("external_id").notNull(),
    status: text("status").$type<Delivery>().notNull(),
    error: jsonb("error").$type<{ code: string; text: string }>(),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.channelId, t.externalId, t.status] })],
);
