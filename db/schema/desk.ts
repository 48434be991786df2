import { sql } from "drizzle-orm";
import {
  type AnyPgColumn,
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  unique,
  uuid,
} from "drizzle-orm/pg-core";
import { area, member, organisation } from "./accounts";
import { createdAt, id, instant } from "./columns";

/** Whose a tool is: one member's, an area's, or everybody's. */
export type ToolScope = "member" | "area" | "organisation";

const owned = () => ({
  orgId: uuid("org_id")
    .notNull()
    .references(() => organisation.id, { onDelete: "cascade" }),
  scope: text("scope").$type<ToolScope>().notNull(),
  memberId: uuid("member_id"),
  areaId: uuid("area_id"),
});

type Owned = Record<"orgId" | "scope" | "memberId" | "areaId", AnyPgColumn>;

const ownership = (name: string, t: Owned) => [
  foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [member.orgId, member.id] }).onDelete("cascade"),
  foreignKey({ columns: [t.orgId, t.areaId], foreignColumns: [area.orgId, area.id] }).onDelete("cascade"),
  check(
    `${name}_scope_shape`,
    sql`(${t.scope} = 'member') = (${t.memberId} is not null) and (${t.scope} = 'area') = (${t.areaId} is not null)`,
  ),
];

/** A text that agents send often, found by its shortcut after `/`. */
export const cannedReply = pgTable(
  "canned_reply",
  {
    id: id(),
    ...owned(),
    shortcut: text("shortcut").notNull(),
    title: text("title").notNull(),
    /** May name variables: `{{contact.name}}`. */
    text: text("text").notNull(),
    used: integer("used").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    ...ownership("canned_reply", t),
    unique("canned_reply_shortcut_key").on(t.orgId, t.scope, t.memberId, t.areaId, t.shortcut).nullsNotDistinct(),
  ],
);

/** Several changes of a ticket under one name. */
export const macro = pgTable(
  "macro",
  {
    id: id(),
    ...owned(),
    name: text("name").notNull(),
    /** In order; each a ticket's change, a note or a reply, checked by its schema when it is read. */
    steps: jsonb("steps").$type<unknown[]>().notNull(),
    used: integer("used").notNull().default(0),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => ownership("macro", t),
);

/** A filter of the inbox under a name: one's own, or, without a member, everybody's. */
export const savedView = pgTable(
  "saved_view",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    memberId: uuid("member_id"),
    name: text("name").notNull(),
    /** The query string of the inbox's address. */
    filter: text("filter").notNull(),
    position: integer("position").notNull().default(0),
    createdAt: createdAt(),
  },
  (t) => [
    foreignKey({ columns: [t.orgId, t.memberId], foreignColumns: [member.orgId, member.id] }).onDelete("cascade"),
    index("saved_view_org_idx").on(t.orgId, t.memberId),
  ],
);
