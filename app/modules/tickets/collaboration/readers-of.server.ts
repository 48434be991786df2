import { type SQL, sql } from "drizzle-orm";
import type { AnyPgColumn } from "drizzle-orm/pg-core";
import { schema } from "~db/index.server";

/** SQL: the ids of the members whom notes called into a ticket. */
export const readersOf = (ticketId: AnyPgColumn): SQL<string[]> =>
  sql<
    string[]
  >`array(select called.member_id::text from ${schema.ticketReader} called where called.ticket_id = ${ticketId})`;
