import { sql } from "drizzle-orm";
import {
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
import { organisation } from "./accounts";
import { createdAt, id, instant } from "./columns";
import { ticket } from "./tickets";

/** A bot's conversation, designed in the editor. The draft is what people edit; versions are what runs. */
export const flow = pgTable(
  "flow",
  {
    id: id(),
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    name: text("name").notNull(),
    draft: jsonb("draft").notNull(),
    /** Grows with every save: two editors cannot overwrite each other silently. */
    draftRevision: integer("draft_revision").notNull().default(1),
    /** The member who saved it last; null for a program, and for a draft that was begun before this was kept. */
    draftBy: uuid("draft_by"),
    /** When it was saved last. */
    draftAt: instant("draft_at"),
    publishedVersionId: uuid("published_version_id"),
    archivedAt: instant("archived_at"),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [unique("flow_org_id_key").on(t.orgId, t.id)],
);

export const flowVersion = pgTable(
  "flow_version",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    flowId: uuid("flow_id").notNull(),
    number: integer("number").notNull(),
    name: text("name").notNull().default(""),
    definition: jsonb("definition").notNull(),
    /** What runs, where the definition calls other flows: one flow with those in it. Null: the definition itself. */
    compiled: jsonb("compiled"),
    createdBy: uuid("created_by"),
    createdAt: createdAt(),
  },
  (t) => [
    unique("flow_version_number_key").on(t.flowId, t.number),
    unique("flow_version_org_id_key").on(t.orgId, t.id),
    foreignKey({ columns: [t.orgId, t.flowId], foreignColumns: [flow.orgId, flow.id] }).onDelete("cascade"),
  ],
);

/** One customer's way through a flow; pinned to the version that it began with. */
export const flowRun = pgTable(
  "flow_run",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    ticketId: uuid("ticket_id").notNull(),
    conversationId: uuid("conversation_id").notNull(),
    flowVersionId: uuid("flow_version_id").notNull(),
    state: jsonb("state").notNull(),
    status: text("status").$type<"live" | "ended">().notNull().default("live"),
    endReason: text("end_reason"),
    startedAt: instant("started_at").notNull(),
    endedAt: instant("ended_at"),
  },
  (t) => [
    uniqueIndex("flow_run_one_live_key").on(t.ticketId).where(sql`${t.status} = 'live'`),
    foreignKey({ columns: [t.orgId, t.ticketId], foreignColumns: [ticket.orgId, ticket.id] }).onDelete("cascade"),
    foreignKey({ columns: [t.orgId, t.flowVersionId], foreignColumns: [flowVersion.orgId, flowVersion.id] }),
    index("flow_run_ticket_idx").on(t.ticketId),
    index("flow_run_version_idx").on(t.flowVersionId, t.startedAt),
    index("flow_run_conversation_idx").on(t.conversationId, t.startedAt),
  ],
);

/** What a customer says and a bot must answer, kept with the flow and tried whenever it is published. */
export const flowScenario = pgTable(
  "flow_scenario",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    flowId: uuid("flow_id").notNull(),
    name: text("name").notNull(),
    script: jsonb("script").notNull(),
    createdAt: createdAt(),
    updatedAt: instant("updated_at").notNull().default(sql`now()`),
  },
  (t) => [
    unique("flow_scenario_name_key").on(t.flowId, t.name),
    unique("flow_scenario_org_id_key").on(t.orgId, t.id),
    foreignKey({ columns: [t.orgId, t.flowId], foreignColumns: [flow.orgId, flow.id] }).onDelete("cascade"),
  ],
);

/** A run's stay at one node, from its entering to its leaving: what the figures on the canvas are counted from. */
export const flowPassage = pgTable(
  "flow_passage",
  {
    orgId: uuid("org_id").notNull(),
    runId: uuid("run_id")
      .notNull()
      .references(() => flowRun.id, { onDelete: "cascade" }),
    /** Its place in the run, from 1. */
    place: integer("place").notNull(),
    ticketId: uuid("ticket_id").notNull(),
    flowVersionId: uuid("flow_version_id").notNull(),
    node: text("node").notNull(),
    enteredAt: instant("entered_at").notNull(),
    /** Null while it is there, or where the run ended in it. */
    leftAt: instant("left_at"),
    exit: text("exit"),
    /** An error or a limit that sent the run on. */
    failed: boolean("failed").notNull().default(false),
  },
  (t) => [
    primaryKey({ columns: [t.runId, t.place] }),
    index("flow_passage_version_idx").on(t.flowVersionId, t.enteredAt),
  ],
);

/** Why the bot said what it said: one row an event that the run took. */
export const flowTrace = pgTable(
  "flow_trace",
  {
    id: id(),
    orgId: uuid("org_id").notNull(),
    runId: uuid("run_id")
      .notNull()
      .references(() => flowRun.id, { onDelete: "cascade" }),
    eventId: text("event_id").notNull(),
    entries: jsonb("entries").notNull(),
    createdAt: instant("created_at").notNull(),
  },
  (t) => [unique("flow_trace_event_key").on(t.runId, t.eventId)],
);
