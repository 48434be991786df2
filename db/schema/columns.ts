import { sql } from "drizzle-orm";
import { customType, timestamp, uuid } from "drizzle-orm/pg-core";

/** UUIDv7, made by the application (`newId`). */
export const id = () => uuid("id").primaryKey();

/** An instant; JavaScript's Date, microseconds are cut to milliseconds. */
export const instant = (name: string) => timestamp(name, { withTimezone: true, mode: "date", precision: 3 });

export const createdAt = () => instant("created_at").notNull().default(sql`now()`);

export const bytes = customType<{ data: Buffer }>({ dataType: () => "bytea" });

/** PostgreSQL's 64-bit transaction id, as decimal text. */
export const xid8 = customType<{ data: string }>({ dataType: () => "xid8" });
