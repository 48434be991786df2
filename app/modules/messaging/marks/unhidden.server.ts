import { type SQL, sql } from "drizzle-orm";
import { schema } from "~db/index.server";

/**
 * SQL: a reader has not taken the message out of their own sight. The scope's account unless one is named, as where no
 * scope is.
 */
export const unhidden = (accountId: SQL = sql`app_account()`): SQL => sql`not exists (select from message_mark k
  where k.account_id = ${accountId} and k.message_id = ${schema.message.id} and k.hidden_at is not null)`;
