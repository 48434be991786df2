import { sql } from "drizzle-orm";
import { bigserial, boolean, foreignKey, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { member, organisation } from "./accounts";
import { bytes, createdAt, id, instant } from "./columns";
import { ticket } from "./tickets";

/** An address of somebody else's program that is told what happens in tickets. */
export const webhook = pgTable(
  "webhook",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    /** With whose eyes it sees: what this member may not see never leaves. */
    memberId: uuid("member_id").notNull(),
    url: text("url").notNull(),
    events: text("events").array().notNull(),
    /** Whether colleagues' notes leave too. */
    notes: boolean("notes").notNull().default(false),
    /** AES-256-GCM of the secret that signs, bound to this row. */
    sealedSecret: bytes("sealed_secret").notNull(),
    /** The one before, which signs beside it until `formerUntil`. */
    sealedFormer: bytes("sealed_former"),
    formerUntil: instant("former_until"),
    /** Up to where in the organisation's feed its events were put in line (decision 004). */
    cursor: text("cursor").notNull(),
    /** Since when nothing was taken any more; null while it answers. */
    failingSince: instant("failing_since"),
    disabledAt: instant("disabled_at"),
    /** Who switched it off: a hand, long failure, that its member is gone, or that it seems to answer itself. */
    disabledBy: text("disabled_by").$type<"hand" | "failing" | "member" | "loop">(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("webhook_org_id_key").on(t.orgId, t.id),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [member.orgId, member.id] }).onDelete("cascade"),
  ],
);

/** One event on its way to one address. What it says is read when it leaves: nothing of it is kept here. */
export const webhookDelivery = pgTable(
  "webhook_delivery",
  {
    id: id(),
    /** The order of a line. */
    place: bigserial("place", { mode: "bigint" }).notNull(),
    orgId: uuid("org_id").notNull(),
    webhookId: uuid("webhook_id").notNull(),
    event: text("event").notNull(),
    ticketId: uuid("ticket_id"),
    /** Within it one waits for the other: a customer's conversation; of a trial, the address itself. */
    line: uuid("line").notNull(),
    /** The conversation's number of a message's change; null where the ticket itself is told. */
    rev: integer("rev"),
    state: text("state").$type<"waiting" | "sent" | "failed">().notNull().default("waiting"),
    attempts: integer("attempts").notNull().default(0),
    nextAt: instant("next_at").notNull(),
    leasedUntil: instant("leased_until"),
    /** What was answered last: an HTTP status, or why nothing was. */
    status: integer("status"),
    error: text("error"),
    /** When it happened. */
    at: instant("at").notNull(),
    createdAt: createdAt(),
    doneAt: instant("done_at"),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.webhookId], foreignColumns: [webhook.orgId, webhook.id] }).onDelete("cascade"),
    foreignKey({ columns: [t.orgId, t.ticketId], foreignColumns: [ticket.orgId, ticket.id] }).onDelete("cascade"),
    index("webhook_delivery_line_idx").on(t.webhookId, t.line, t.place).where(sql`${t.state} = 'waiting'`),
    index("webhook_delivery_due_idx").on(t.nextAt).where(sql`${t.state} = 'waiting'`),
    index("webhook_delivery_log_idx").on(t.webhookId, t.place),
    index("webhook_delivery_ticket_idx").on(t.ticketId),
    index("webhook_delivery_done_idx").on(t.doneAt).where(sql`${t.state} <> 'waiting'`),
  ],
);
