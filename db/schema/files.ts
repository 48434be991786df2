import { sql } from "drizzle-orm";
import { bigint, boolean, check, index, integer, jsonb, pgTable, text, uuid } from "drizzle-orm/pg-core";
import { account, organisation } from "./accounts";
import { flow } from "./bots";
import { createdAt, id, instant } from "./columns";
import { guestSession } from "./contacts";
import { conversation } from "./messaging";

export type FileKind = "image" | "video" | "audio" | "voice" | "file";

/**
 * For which conversation or which bot, and whose it is: an account's or a guest's. Rows outlive what they name, so that the
 * sweep still finds the bytes.
 */
const ownership = () => ({
  orgId: uuid("org_id").references(() => organisation.id, { onDelete: "set null" }),
  conversationId: uuid("conversation_id").references(() => conversation.id, { onDelete: "set null" }),
  /** Of a file that a bot sends copies of. */
  flowId: uuid("flow_id").references(() => flow.id, { onDelete: "set null" }),
  accountId: uuid("account_id").references(() => account.id, { onDelete: "set null" }),
  guestId: uuid("guest_id").references(() => guestSession.id, { onDelete: "set null" }),
});

/** A file on its way in. Becomes a `file` of the same id. */
export const upload = pgTable(
  "upload",
  {
    id: id(),
    ...ownership(),
    /** As given, made harmless. */
    name: text("name").notNull(),
    /** What the sender says it is; the content decides. */
    declaredType: text("declared_type"),
    /** Recorded for this conversation; the content says no more than that it is sound. */
    voice: boolean("voice").notNull().default(false),
    /** Told by the sender, who has it open: how long it plays, how loud it is along the way (0 to 100), and how it looks. */
    durationMs: integer("duration_ms"),
    waveform: jsonb("waveform").$type<number[]>(),
    placeholder: text("placeholder"),
    /** In bytes; null while the sender does not know it. */
    size: bigint("size", { mode: "number" }),
    /** How many bytes are on disk for sure: what the sender is told. */
    received: bigint("received", { mode: "number" }).notNull().default(0),
    createdAt: createdAt(),
    expiresAt: instant("expires_at").notNull(),
  },
  (t) => [
    index("upload_expires_idx").on(t.expiresAt),
    index("upload_org_idx").on(t.orgId),
    index("upload_account_idx").on(t.accountId),
    index("upload_guest_idx").on(t.guestId),
    index("upload_flow_idx").on(t.flowId).where(sql`${t.flowId} is not null`),
    check("upload_received_fits", sql`${t.received} >= 0 and (${t.size} is null or ${t.received} <= ${t.size})`),
  ],
);

/** A file that is whole. Its bytes lie in the storage, under a key made of their hash and this id. */
export const file = pgTable(
  "file",
  {
    id: id(),
    ...ownership(),
    /** The message that it was sent with; null until then. */
    messageId: uuid("message_id"),
    sha256: text("sha256").notNull(),
    size: bigint("size", { mode: "number" }).notNull(),
    kind: text("kind").$type<FileKind>().notNull(),
    /** By its content; `application/octet-stream` for all that no browser may open. */
    mime: text("mime").notNull(),
    name: text("name").notNull(),
    state: text("state").$type<"ready" | "pending" | "failed">().notNull().default("ready"),
    /** Why it is not what its name says: a picture too large to open is a plain file. */
    reason: text("reason"),
    /** In pixels, as shown. */
    width: integer("width"),
    height: integer("height"),
    /** Of sound and video, as the sender told. */
    durationMs: integer("duration_ms"),
    waveform: jsonb("waveform").$type<number[]>(),
    /** When its small picture was made; null where there is none. */
    thumbnailAt: instant("thumbnail_at"),
    /** A picture of a few pixels, as a data URL, shown until it has loaded. */
    placeholder: text("placeholder"),
    createdAt: createdAt(),
  },
  (t) => [
    index("file_message_idx").on(t.messageId),
    index("file_unsent_idx").on(t.createdAt).where(sql`${t.messageId} is null`),
    index("file_flow_idx").on(t.flowId).where(sql`${t.flowId} is not null`),
    index("file_org_idx").on(t.orgId),
    index("file_conversation_idx").on(t.conversationId, t.id).where(sql`${t.messageId} is not null`),
    index("file_lost_idx").on(t.id).where(sql`${t.conversationId} is null and ${t.flowId} is null`),
  ],
);

/**
 * How many bytes an organisation's files take together: whole ones, and uploads with the length that they were begun with,
 * or what came of those that have none yet. Kept by triggers on `file` and `upload`, in their transactions.
 */
export const organisationFiles = pgTable("organisation_files", {
  orgId: uuid("org_id")
    .primaryKey()
    .references(() => organisation.id, { onDelete: "cascade" }),
  bytes: bigint("bytes", { mode: "number" }).notNull(),
});
