import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import type { FirstFile } from "./message-view";

/** Of a message's files, what lists say where it has no words; null without any. */
export const firstFile = (attachments: AnyPgColumn): SQL<FirstFile | null> =>
  sql<FirstFile | null>`case when jsonb_typeof(${attachments} -> 0) = 'object'
    then jsonb_build_object('kind', ${attachments} -> 0 -> 'kind', 'name', ${attachments} -> 0 -> 'name') end`;
