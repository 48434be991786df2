import { sql } from "drizzle-orm";
import { bigint, boolean, date, index, integer, pgTable, primaryKey, text, unique, uuid } from "drizzle-orm/pg-core";
import { organisation } from "./accounts";
import { bytes, createdAt, id, instant } from "./columns";

/** A question that customers ask, in the words that they ask it in, and the organisation's answer. */
export const faqEntry = pgTable(
  "faq_entry",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    language: text("language").$type<"es" | "pt" | "en">().notNull(),
    /** The first is its title; the others are further wordings. */
    questions: text("questions").array().notNull(),
    answer: text("answer").notNull(),
    enabled: boolean("enabled").notNull().default(true),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [unique("faq_entry_org_id_key").on(t.orgId, t.id), index("faq_entry_language_idx").on(t.orgId, t.language)],
);

/** What only an HTTP node may read: `org.secrets.<name>`. */
export const orgSecret = pgTable(
  "org_secret",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    /** AES-256-GCM, bound to this row. */
    sealed: bytes("sealed").notNull(),
    /** Host names that it may be sent to. */
    hosts: text("hosts").array().notNull().default(sql`'{}'`),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [unique("org_secret_name_key").on(t.orgId, t.name)],
);

/** The organisation's own language model; without a row, or not enabled, nothing is asked of any. */
export const aiEndpoint = pgTable("ai_endpoint", {
  orgId: uuid("org_id")
    .primaryKey()
    .references(() => organisation.id, { onDelete: "cascade" }),
  enabled: boolean("enabled").notNull().default(false),
  baseUrl: text("base_url").notNull(),
  model: text("model").notNull(),
  sealedKey: bytes("sealed_key"),
  timeoutSeconds: integer("timeout_seconds").notNull().default(8),
  /** Tokens of one answer. */
  mostTokens: integer("most_tokens").notNull().default(300),
  /** Millionths of the organisation's currency for a million tokens read and written; 0 where nothing is reckoned. */
  priceIn: bigint("price_in", { mode: "number" }).notNull().default(0),
  priceOut: bigint("price_out", { mode: "number" }).notNull().default(0),
  /** What a calendar month may cost, in millionths; and how many questions it may ask. */
  monthCost: bigint("month_cost", { mode: "number" }).notNull().default(0),
  monthQuestions: integer("month_questions").notNull().default(1000),
  updatedAt: instant("updated_at").notNull().default(sql`now()`),
});

/** What an organisation has asked of its language model, by calendar day of UTC. */
export const aiUse = pgTable(
  "ai_use",
  {
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    day: date("day").notNull(),
    questions: integer("questions").notNull().default(0),
    tokensIn: bigint("tokens_in", { mode: "number" }).notNull().default(0),
    tokensOut: bigint("tokens_out", { mode: "number" }).notNull().default(0),
    cost: bigint("cost", { mode: "number" }).notNull().default(0),
  },
  (t) => [primaryKey({ columns: [t.orgId, t.day] })],
);
