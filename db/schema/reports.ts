import { sql } from "drizzle-orm";
import { bigint, index, integer, pgTable, text, unique, uuid } from "drizzle-orm/pg-core";
import { organisation } from "./accounts";
import { instant } from "./columns";

/**
 * What happened in one hour of an organisation, added up: the reports read these rows only. An hour in which anything
 * changed is counted anew as a whole, so that the rows always equal a count of what they stand for.
 */
export const reportHour = pgTable(
  "report_hour",
  {
    orgId: uuid("org_id")
      .notNull()
      .references(() => organisation.id, { onDelete: "cascade" }),
    /** The hour's begin, UTC. */
    hour: instant("hour").notNull(),
    metric: text("metric").notNull(),
    areaId: uuid("area_id"),
    memberId: uuid("member_id"),
    channelId: uuid("channel_id"),
    tag: text("tag"),
    count: integer("count").notNull(),
    /** Seconds, or the sum of what the metric measures. */
    total: bigint("total", { mode: "number" }).notNull().default(0),
    /** How many fell into each step of the metric's scale, so that medians can be told of any span of hours. */
    steps: integer("steps").array().notNull().default(sql`'{}'`),
  },
  (t) => [
    unique("report_hour_key")
      .on(t.orgId, t.hour, t.metric, t.areaId, t.memberId, t.channelId, t.tag)
      .nullsNotDistinct(),
    index("report_hour_metric_idx").on(t.orgId, t.metric, t.hour),
    index("report_hour_hour_idx").on(t.hour),
  ],
);

/** How far the change log was read for the reports. */
export const reportCursor = pgTable("report_cursor", {
  /** Only ever one row. */
  id: integer("id").primaryKey(),
  cursor: text("cursor").notNull(),
});
