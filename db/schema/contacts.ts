import { sql } from "drizzle-orm";
import {
  boolean,
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
import { account, organisation } from "./accounts";
import { channel } from "./channels";
import { createdAt, id, instant } from "./columns";

/** A customer as an organisation sees it. */
export const contact = pgTable(
  "contact",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** False while nobody has said a name and `name` only stands in for it. */
    named: boolean("named").notNull().default(true),
    /** True once a person of the organisation wrote the name; the provider's profile no longer changes it. */
    nameEdited: boolean("name_edited").notNull().default(false),
    /** E.164 with `+`, as shown. */
    phone: text("phone"),
    email: text("email"),
    notes: text("notes"),
    tags: text("tags").array().notNull().default(sql`'{}'`),
    /** Values of the organisation's own fields by their key. */
    fields: jsonb("fields").$type<Record<string, unknown>>().notNull().default({}),
    /** Canonical form of the phone, equal for all of a region's ways to write it. */
    phoneKey: text("phone_key"),
    /** The contact into which this one was merged; it then is in no list. */
    mergedInto: uuid("merged_into"),
    /** When the person's data were deleted; the row stays as an empty name for what tickets count. */
    erasedAt: instant("erased_at"),
    /** What bots keep of the contact for ever (`contact.*`). */
    variables: jsonb("variables").$type<Record<string, unknown>>().notNull().default({}),
    blockedAt: instant("blocked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("contact_org_id_key").on(t.orgId, t.id),
    index("contact_org_created_idx").on(t.orgId, t.createdAt),
    index("contact_email_idx").on(t.orgId, t.email).where(sql`${t.email} is not null`),
    index("contact_phone_idx").on(t.orgId, t.phoneKey).where(sql`${t.phoneKey} is not null`),
  ],
);

/** A word by which an organisation sorts contacts and tickets; they carry its name. */
export const tag = pgTable(
  "tag",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** One of the interface's few colours. */
    colour: text("colour").notNull().default("grey"),
    createdAt: createdAt(),
  },
  (t) => [uniqueIndex("tag_org_name_key").on(t.orgId, sql`lower(${t.name})`)],
);

export type FieldKind = "text" | "number" | "date" | "choice" | "yes_no";

/** A field that an organisation added to its contacts or tickets. */
export const customField = pgTable(
  "custom_field",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    subject: text("subject").$type<"contact" | "ticket">().notNull(),
    /** The name under which values are kept; never changed. */
    key: text("key").notNull(),
    label: text("label").notNull(),
    kind: text("kind").$type<FieldKind>().notNull(),
    options: text("options").array().notNull().default(sql`'{}'`),
    position: integer("position").notNull().default(0),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
  },
  (t) => [unique("custom_field_key").on(t.orgId, t.subject, t.key)],
);

/** Two contacts made one, with what it takes to part them again. */
export const contactMerge = pgTable(
  "contact_merge",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    keptId: uuid("kept_id").notNull(),
    mergedId: uuid("merged_id").notNull(),
    /** Both as they were, and the ids of what moved. */
    before: jsonb("before").$type<Record<string, unknown>>().notNull(),
    byMemberId: uuid("by_member_id"),
    byName: text("by_name").notNull(),
    createdAt: instant("created_at").notNull(),
    undoneAt: instant("undone_at"),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.keptId], foreignColumns: [contact.orgId, contact.id] }).onDelete("cascade"),
    foreignKey({ columns: [t.orgId, t.mergedId], foreignColumns: [contact.orgId, contact.id] }).onDelete("cascade"),
    index("contact_merge_kept_idx").on(t.keptId),
  ],
);

/** A file of contacts read in, or tried out; `problems` says what was wrong with which line. */
export const contactImport = pgTable(
  "contact_import",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    byName: text("by_name").notNull(),
    fileName: text("file_name").notNull(),
    dryRun: boolean("dry_run").notNull(),
    lines: integer("lines").notNull(),
    created: integer("created").notNull(),
    updated: integer("updated").notNull(),
    problems: jsonb("problems")
      .$type<{ line: number; column: string | null; code: string; value: string }[]>()
      .notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [index("contact_import_org_idx").on(t.orgId, t.id)],
);

/** That a person's data were deleted on request: what was removed, in numbers, and nothing of what it said. */
export const erasure = pgTable(
  "erasure",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    contactId: uuid("contact_id").notNull(),
    byMemberId: uuid("by_member_id"),
    byName: text("by_name").notNull(),
    reason: text("reason").notNull(),
    requestedAt: instant("requested_at").notNull(),
    doneAt: instant("done_at"),
    /** How many of each kind were removed, and the digest that the proof carries. */
    removed: jsonb("removed").$type<Record<string, number>>(),
    proof: text("proof"),
  },
  (t) => [index("erasure_org_idx").on(t.orgId, t.id)],
);

/** One contact on one channel: what a customer conversation belongs to. */
export const identity = pgTable(
  "identity",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    contactId: uuid("contact_id").notNull(),
    channelId: uuid("channel_id").notNull(),
    /** Set on the internal channel: the account that writes to the organisation. */
    accountId: uuid("account_id").references(() => account.id, { onDelete: "set null" }),
    createdAt: createdAt(),
  },
  (t) => [
    unique("identity_org_id_key").on(t.orgId, t.id),
    foreignKey({ columns: [t.orgId, t.contactId], foreignColumns: [contact.orgId, contact.id] }).onDelete("cascade"),
    foreignKey({ columns: [t.orgId, t.channelId], foreignColumns: [channel.orgId, channel.id] }).onDelete("cascade"),
    index("identity_contact_idx").on(t.contactId),
  ],
);

/** The names by which a provider knows an identity: phone, wa_id, BSUID, username, PSID, IGSID, account, visitor. */
export const identityAddress = pgTable(
  "identity_address",
  {
    orgId: uuid("org_id").notNull(),
    channelId: uuid("channel_id").notNull(),
    identityId: uuid("identity_id").notNull(),
    kind: text("kind").notNull(),
    /** Canonical form, equal for all variants of one address. */
    key: text("key").notNull(),
    /** As the provider wrote it last; what is sent to. */
    raw: text("raw").notNull(),
    createdAt: createdAt(),
  },
  (t) => [
    unique("identity_address_key").on(t.channelId, t.kind, t.key),
    foreignKey({ columns: [t.orgId, t.identityId], foreignColumns: [identity.orgId, identity.id] }).onDelete("cascade"),
    index("identity_address_identity_idx").on(t.identityId),
  ],
);

/** A customer without an account on the public chat: the secret that lets a browser or program go on. Only its hash is kept. */
export const guestSession = pgTable(
  "guest_session",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    identityId: uuid("identity_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.identityId], foreignColumns: [identity.orgId, identity.id] }).onDelete("cascade"),
    index("guest_session_identity_idx").on(t.identityId),
  ],
);
