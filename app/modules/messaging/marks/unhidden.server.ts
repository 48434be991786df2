import { type SQL, sql } from "drizzle-orm";
import { schema } from "~db/index.server";

/**
 * SQL: a reader has not taken the message out of their own sight. The scope's account unless one is named, as where no
 * scope is; the query's message unless another is, as in a question within.
 */
export const unhidden = (
  accountId: SQL | string | null = sql`app_account()`,
  messageId: SQL = sql`${schema.message.id}`,
): SQL => sql`not exists (select from message_mark k
  where k.account_id = ${accountId}::uuid and k.message_id = ${messageId} and k.hidden_at is not null)`;
