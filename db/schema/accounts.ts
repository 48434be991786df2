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

/** When people answer: for each day of the week its spans as `HH:MM` of the organisation's clock; `24:00` ends a day. */
export type OpeningHours = Partial<Record<"mon" | "tue" | "wed" | "thu" | "fri" | "sat" | "sun", [string, string][]>>;

type LoudKind = "assigned" | "queued" | "mentioned" | "returned" | "overflowed" | "transferred";
/** Which notices are said aloud, and between which times of the day none is. */
export type NoticeChoiceRow = { loud: LoudKind[]; quiet: { from: string; to: string } | null };

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
  /** The reasons that closing a ticket offers; null offers the usual ones of the language. */
  closingReasons: jsonb("closing_reasons").$type<string[]>(),
  /** Null: always open. */
  hours: jsonb("hours").$type<OpeningHours>(),
  /** What customers who write outside of the hours are told (R14); null tells nothing. */
  hoursText: text("hours_text"),
  /** An available member who has not been here for so long is away; null leaves it to them. */
  autoAwayMinutes: integer("auto_away_minutes"),
  /** The country whose phone numbers are written without a prefix, ISO 3166. */
  region: text("region").notNull().default("AR"),
  /** Shown in the public chat: an image file of this organisation. */
  logoId: uuid("logo_id"),
  /** What members are told aloud as long as they did not choose themselves; null: everything. */
  noticeChoice: jsonb("notice_choice").$type<NoticeChoiceRow>(),
  /** The origins of the sites that may show its public chat in a frame. */
  widgetSites: jsonb("widget_sites").$type<string[]>().notNull().default([]),
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
    /** Who said so last: the member or an admin, or the clock. */
    availabilityBy: text("availability_by").$type<"hand" | "clock">().notNull().default("hand"),
    /** When the member was here last, by the minute. */
    activeAt: instant("active_at"),
    /** The most open tickets that are given to this member by themselves; null takes the area's. */
    cap: integer("cap"),
    /** What this member is told aloud; null: as the organisation has it. */
    noticeChoice: jsonb("notice_choice").$type<NoticeChoiceRow>(),
    lastAssignedAt: instant("last_assigned_at"),
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
    /** The most open tickets that an agent of the area is given by themselves (R12). */
    cap: integer("cap").notNull().default(8),
    /** How long a contact's last agent is asked first, in days (R12); 0 never. */
    stickyDays: integer("sticky_days").notNull().default(14),
    /** Business minutes after which an assigned ticket without a reply goes back to the queue (R13); null never. */
    autoReturnMinutes: integer("auto_return_minutes"),
    /** Hours after which a ticket that waits for its customer is closed (R7); null never. */
    autoCloseHours: integer("auto_close_hours"),
    /** Where a ticket goes that nobody took for so many business minutes. */
    overflowAreaId: uuid("overflow_area_id"),
    overflowMinutes: integer("overflow_minutes"),
    /** A wait of so many minutes is shown as too long, half of it as a warning. */
    waitLimitMinutes: integer("wait_limit_minutes").notNull().default(30),
    /** Null: the organisation's hours. */
    hours: jsonb("hours").$type<OpeningHours>(),
    hoursText: text("hours_text"),
    position: integer("position").notNull().default(0),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("area_org_id_key").on(t.orgId, t.id),
    uniqueIndex("area_org_name_key").on(t.orgId, sql`lower(${t.name})`).where(sql`${t.archivedAt} is null`),
  ],
);

/** A day on which an organisation, or one area of it, keeps other hours than its week's; none: closed. */
export const holiday = pgTable(
  "holiday",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    areaId: uuid("area_id"),
    /** `YYYY-MM-DD` of the organisation's calendar. */
    day: text("day").notNull(),
    name: text("name").notNull(),
    spans: jsonb("spans").$type<[string, string][]>().notNull().default([]),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.areaId], foreignColumns: [area.orgId, area.id] }).onDelete("cascade"),
    unique("holiday_day_key").on(t.orgId, t.areaId, t.day).nullsNotDistinct(),
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

/** Who did what in an organisation's administration; only ever added to. */
export const auditEntry = pgTable(
  "audit_entry",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    actorKind: text("actor_kind").$type<"member" | "token" | "system">().notNull(),
    /** The member; null for the system. */
    actorId: uuid("actor_id"),
    actorName: text("actor_name").notNull(),
    /** `thing.verb`, such as `member.removed`. */
    action: text("action").notNull(),
    subjectId: uuid("subject_id"),
    subjectName: text("subject_name").notNull().default(""),
    before: jsonb("before").$type<Record<string, unknown>>(),
    after: jsonb("after").$type<Record<string, unknown>>(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [
    index("audit_entry_org_idx").on(t.orgId, t.id),
    index("audit_entry_action_idx").on(t.orgId, t.action, t.id),
    index("audit_entry_actor_idx").on(t.orgId, t.actorId, t.id),
  ],
);
