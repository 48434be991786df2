import { sql } from "drizzle-orm";
import { foreignKey, index, integer, pgTable, text, unique, uniqueIndex, uuid } from "drizzle-orm/pg-core";
import { area, organisation } from "./accounts";
import { bytes, createdAt, id, instant } from "./columns";

export type ChannelKind = "internal" | "web" | "whatsapp" | "messenger" | "instagram";

/** A door through which customers reach the organisation. */
export const channel = pgTable(
  "channel",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    kind: text("kind").$type<ChannelKind>().notNull(),
    name: text("name").notNull(),
    /** Where this channel's tickets begin. */
    areaId: uuid("area_id").notNull(),
    /** The flow that answers first; its published version counts. Null: people answer at once. */
    flowId: uuid("flow_id"),
    /** The provider's id of the account: phone_number_id, page_id or ig_id. */
    externalId: text("external_id"),
    /** Which secret signs this account's webhooks: `app` (META_APP_SECRET) or the fingerprint of the channel's own. */
    secretBinding: text("secret_binding").notNull().default("app"),
    /** AES-256-GCM of the settings' JSON, bound to this row. */
    sealedSettings: bytes("sealed_settings"),
    reopenHours: integer("reopen_hours").notNull().default(24),
    /** `ok`, `reconnect` (token refused) or `blocked` (policy), with the provider's words. */
    health: text("health").$type<"ok" | "reconnect" | "blocked">().notNull().default("ok"),
    healthReason: text("health_reason"),
    disabledAt: instant("disabled_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("channel_org_id_key").on(t.orgId, t.id),
    foreignKey({ columns: [t.orgId, t.areaId], foreignColumns: [area.orgId, area.id] }),
    uniqueIndex("channel_account_key")
      .on(t.kind, t.externalId, t.secretBinding)
      .where(sql`${t.externalId} is not null and ${t.disabledAt} is null`),
    index("channel_org_idx").on(t.orgId),
  ],
);

/**
 * Raw webhook bodies, stored before the 200. Holds what belongs to several organisations at once, so it has no
 * organisation and only the system role reads it.
 */
export const webhookInbox = pgTable(
  "webhook_inbox",
  {
    id: id(),
    object: text("object").notNull(),
    /** Ids of the secrets that verified the body's signature. */
    verifiedBy: text("verified_by").array().notNull(),
    body: bytes("body").notNull(),
    receivedAt: instant("received_at").notNull().default(sql`now()`),
    processedAt: instant("processed_at"),
    error: text("error"),
    /** Names the customers whose order this body is part of; null in rows of versions that kept no order. */
    lines: text("lines").array(),
  },
  (t) => [
    index("webhook_inbox_waiting_idx").on(t.receivedAt).where(sql`${t.processedAt} is null`),
    // Each look-up would read the list of what is not yet merged into the index, so that there is none.
    index("webhook_inbox_lines_idx")
      .using("gin", t.lines)
      .with({ fastupdate: false })
      .where(sql`${t.processedAt} is null`),
  ],
);

/** Figures that tell whether a channel lives, and counters of what belonged to nobody. */
export const channelHealth = pgTable("channel_health", {
  channelId: uuid("channel_id")
    .primaryKey()
    .references(() => channel.id, { onDelete: "cascade" }),
  orgId: uuid("org_id").notNull(),
  lastWebhookAt: instant("last_webhook_at"),
  lastStoredAt: instant("last_stored_at"),
  lastSentAt: instant("last_sent_at"),
  ignoredCount: integer("ignored_count").notNull().default(0),
});

/** Webhook bodies that named an account nobody has connected, counted by day. */
export const unknownAccount = pgTable(
  "unknown_account",
  {
    object: text("object").notNull(),
    accountKey: text("account_key").notNull(),
    day: text("day").notNull(),
    count: integer("count").notNull().default(0),
  },
  (t) => [unique("unknown_account_key").on(t.object, t.accountKey, t.day)],
);
