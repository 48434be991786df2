import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
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
import { createdAt, id, instant } from "./columns";

/** A person who can sign in. */
export const account = pgTable(
  "account",
  {
    id: id(),
    name: text("name").notNull(),
    email: text("email").notNull(),
    emailVerified: boolean("email_verified").notNull().default(false),
    image: text("image"),
    /** Language chosen by the account; null follows the browser. */
    locale: text("locale"),
    /** True while the password is the demo's published one. */
    demoPassword: boolean("demo_password").notNull().default(false),
    /** By which others find this account, as an organisation's; null until it chose one. */
    handle: text("handle"),
    /** Whether who knows the handle or the e-mail address finds it. */
    findable: boolean("findable").notNull().default(true),
    /** Whether those whom it writes with see that it is here, and when it last was. */
    showsPresence: boolean("shows_presence").notNull().default(true),
    lastSeenAt: instant("last_seen_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex("account_email_key").on(sql`lower(${t.email})`),
    uniqueIndex("account_handle_key").on(sql`lower(${t.handle})`),
  ],
);

/** Who does not want to hear of whom; neither writes to the other in a direct chat. */
export const accountBlock = pgTable(
  "account_block",
  {
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    blockedId: uuid("blocked_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    createdAt: createdAt(),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.blockedId] }), index("account_block_blocked_idx").on(t.blockedId)],
);

/** How an account proves who it is; better-auth calls this model "account". */
export const credential = pgTable(
  "credential",
  {
    id: id(),
    accountId: text("account_id").notNull(),
    providerId: text("provider_id").notNull(),
    userId: uuid("user_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    accessToken: text("access_token"),
    refreshToken: text("refresh_token"),
    idToken: text("id_token"),
    accessTokenExpiresAt: instant("access_token_expires_at"),
    refreshTokenExpiresAt: instant("refresh_token_expires_at"),
    scope: text("scope"),
    password: text("password"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [unique("credential_provider_key").on(t.providerId, t.accountId), index("credential_user_idx").on(t.userId)],
);

export const session = pgTable(
  "session",
  {
    id: id(),
    token: text("token").notNull().unique(),
    userId: uuid("user_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    expiresAt: instant("expires_at").notNull(),
    ipAddress: text("ip_address"),
    userAgent: text("user_agent"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [index("session_user_idx").on(t.userId)],
);

export const verification = pgTable(
  "verification",
  {
    id: id(),
    identifier: text("identifier").notNull(),
    value: text("value").notNull(),
    expiresAt: instant("expires_at").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [index("verification_identifier_idx").on(t.identifier)],
);

/** A tenant. */
export const organisation = pgTable("organisation", {
  id: id(),
  handle: text("handle").notNull().unique(),
  name: text("name").notNull(),
  locale: text("locale").notNull().default("es"),
  timeZone: text("time_zone").notNull().default("America/Argentina/Buenos_Aires"),
  /** Accent of the public chat, `#rrggbb`; null takes GuazuApp's. */
  colour: text("colour"),
  /** Texts that, right after a closing, are thanks and not a new request (R2); null switches the guard off. */
  closingList: jsonb("closing_list").$type<string[]>(),
  /** The most that its files may take together, in bytes; null for no limit. */
  fileQuota: bigint("file_quota", { mode: "number" }),
  suspendedAt: instant("suspended_at"),
  createdAt: createdAt(),
});

/** The organisation's last ticket number; a row of its own, so that opening a ticket locks nothing else. */
export const ticketNumber = pgTable("ticket_number", {
  orgId: uuid("org_id")
    .primaryKey()
    .references(() => organisation.id, { onDelete: "cascade" }),
  last: integer("last").notNull().default(0),
});

export type Role = "agent" | "admin";
export type Availability = "available" | "away";

export const member = pgTable(
  "member",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    accountId: uuid("account_id")
      .notNull()
      .references(() => account.id, { onDelete: "cascade" }),
    role: text("role").$type<Role>().notNull(),
    availability: text("availability").$type<Availability>().notNull().default("available"),
    removedAt: instant("removed_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("member_org_account_key").on(t.orgId, t.accountId),
    unique("member_org_id_key").on(t.orgId, t.id),
    index("member_account_idx").on(t.accountId),
  ],
);

export type AreaVisibility = "open" | "members" | "private";
export type AssignmentMode = "manual" | "round_robin" | "least_loaded";
export type ReplyMode = "claim" | "take_first" | "assignee_only";

export const area = pgTable(
  "area",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    visibility: text("visibility").$type<AreaVisibility>().notNull().default("members"),
    assignment: text("assignment").$type<AssignmentMode>().notNull().default("manual"),
    replyMode: text("reply_mode").$type<ReplyMode>().notNull().default("claim"),
    position: integer("position").notNull().default(0),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("area_org_id_key").on(t.orgId, t.id),
    uniqueIndex("area_org_name_key").on(t.orgId, sql`lower(${t.name})`).where(sql`${t.archivedAt} is null`),
  ],
);

export const areaMember = pgTable(
  "area_member",
  {
    orgId: uuid("org_id").notNull(),
    areaId: uuid("area_id").notNull(),
    memberId: uuid("member_id").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.areaId, t.memberId] }),
    foreignKey({ columns: [t.orgId, t.areaId], foreignColumns: [area.orgId, area.id] }).onDelete("cascade"),
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [member.orgId, member.id] }).onDelete("cascade"),
    index("area_member_member_idx").on(t.memberId),
  ],
);

export const invitation = pgTable(
  "invitation",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    /** Set: only the account with this address may accept. */
    email: text("email"),
    role: text("role").$type<Role>().notNull(),
    areaIds: uuid("area_ids").array().notNull().default(sql`'{}'`),
    tokenHash: text("token_hash").notNull().unique(),
    createdBy: uuid("created_by").notNull(),
    expiresAt: instant("expires_at").notNull(),
    acceptedAt: instant("accepted_at"),
    acceptedBy: uuid("accepted_by"),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [index("invitation_org_idx").on(t.orgId)],
);

/** A key for other programs; acts as its member, within its scopes. Only the hash is kept. */
export const apiToken = pgTable(
  "api_token",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    memberId: uuid("member_id").notNull(),
    name: text("name").notNull(),
    tokenHash: text("token_hash").notNull().unique(),
    scopes: text("scopes").array().notNull(),
    lastUsedAt: instant("last_used_at"),
    revokedAt: instant("revoked_at"),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [member.orgId, member.id] }).onDelete("cascade"),
    index("api_token_org_idx").on(t.orgId),
  ],
);
