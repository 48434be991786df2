import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { member } from "./accounts";
import { id, instant } from "./columns";
import { ticket } from "./tickets";
import { webhook } from "./webhooks";

export type NoticeKind =
  | "assigned"
  | "queued"
  | "mentioned"
  | "returned"
  | "overflowed"
  | "transferred"
  | "webhook_off";

/** What a member is to know of a ticket, or an admin of what runs by itself: in the app, and by push. */
export const notice = pgTable(
  "notice",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    memberId: uuid("member_id").notNull(),
    kind: text("kind").$type<NoticeKind>().notNull(),
    /** What it is of: one of them. */
    ticketId: uuid("ticket_id"),
    webhookId: uuid("webhook_id"),
    /** Who caused it; empty for the clock; of a webhook its host. */
    byName: text("by_name").notNull().default(""),
    reason: text("reason"),
    /** How many more of its kind it stands for: in a flood they have no row of their own. */
    others: integer("others").notNull().default(0),
    createdAt: instant("created_at").notNull(),
    readAt: instant("read_at"),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.ticketId], foreignColumns: [ticket.orgId, ticket.id] }).onDelete("cascade"),
    foreignKey({ columns: [t.orgId, t.webhookId], foreignColumns: [webhook.orgId, webhook.id] }).onDelete("cascade"),
    check("notice_of_one", sql`num_nonnulls(${t.ticketId}, ${t.webhookId}) = 1`),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [member.orgId, member.id] }).onDelete("cascade"),
    index("notice_member_idx").on(t.memberId, t.id),
    index("notice_webhook_idx").on(t.webhookId).where(sql`${t.webhookId} is not null`),
    index("notice_ticket_idx").on(t.ticketId, t.memberId),
    index("notice_unread_idx").on(t.memberId).where(sql`${t.readAt} is null`),
  ],
);
