import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, jsonb, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
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
    /** What bots keep of the contact for ever (`contact.*`). */
    variables: jsonb("variables").$type<Record<string, unknown>>().notNull().default({}),
    blockedAt: instant("blocked_at"),
    createdAt: createdAt(),
  },
  (t) => [unique("contact_org_id_key").on(t.orgId, t.id), index("contact_org_created_idx").on(t.orgId, t.createdAt)],
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
