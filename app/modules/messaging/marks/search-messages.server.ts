import { inArray, type SQL, sql } from "drizzle-orm";
import { asSystem, databaseErrorCode, type Tx } from "~/platform/db.server";
import { AppError } from "~/platform/errors";
import { schema } from "~db/index.server";
import type { Message } from "../message-view";
import type { Reading } from "../read-messages.server";
import { toMessage } from "../rows.server";
import { unhidden } from "./unhidden.server";

/** Where to look, and as whom: whoever calls has asked whether that one may read there. */
export type SearchIn = Reading & { conversationIds: readonly string[]; accountId: string | null };

/** `before`: the message after which, going back in time, the page begins. */
export type SearchPage = { before?: { at: Date; id: string }; limit: number };

export type SearchResult = {
  /** The newest first. */
  messages: Message[];
  more: boolean;
  /** How many there are, as far as they were counted. */
  total: number;
};

const TIME_LIMIT_MS = 2_000;
const MOST_COUNTED = 1_000;
const CANCELLED = "57014";
/**
 * The planner reckons with a conversation of usual size, and would read each message of one that is a thousand times as long.
 * To cut a text into words is dearer than it takes it for.
 */
export const PLANNING = sql`set_config('cpu_operator_cost', '1', true)`;

/**
 * The messages whose words hold all the words asked for, the last of which may have only begun; case and accents do not
 * matter. Row-level security would keep the index from being used, so that it looks past it: whoever calls answers for the
 * conversations.
 * @throws AppError `search_too_slow` (503) after two seconds
 */
export async function searchMessages(where: SearchIn, asked: string, page: SearchPage): Promise<SearchResult> {
  try {
    return await asSystem("search in conversations that the reader sees", async (tx) => {
      await tx.execute(sql`select set_config('statement_timeout', ${String(TIME_LIMIT_MS)}, true), ${PLANNING}`);
      const query = await queryOf(tx, asked);
      if (query === null || where.conversationIds.length === 0) return { messages: [], more: false, total: 0 };
      return search(tx, where, query, page);
    });
  } catch (error) {
    if (error instanceof AppError && databaseErrorCode(error.cause) === CANCELLED)
      throw new AppError("search_too_slow", 503, { retryable: true, cause: error });
    throw error;
  }
}

/** What was asked for as PostgreSQL looks for it; null where it holds no word. */
async function queryOf(tx: Tx, asked: string): Promise<string | null> {
  const given = asked.replaceAll("\u0000", "").toWellFormed();
  // Also as it stands: an address is one word to PostgreSQL, which parts of it would not find.
  const parts = given.replace(/[^\p{L}\p{N}\p{M}]+/gu, " ");
  const wordsOf = (text: string) => sql`plainto_tsquery('simple', search_fold(${text}))::text`;
  const { rows } = await tx.execute<{ parts: string; whole: string }>(
    sql`select ${wordsOf(parts)} as parts, ${wordsOf(given)} as whole`,
  );
  const begun = [rows[0]?.parts, rows[0]?.whole].flatMap((words) => (words ? [`(${words}:*)`] : []));
  return begun.length > 0 ? [...new Set(begun)].join(" | ") : null;
}

async function search(tx: Tx, where: SearchIn, query: string, page: SearchPage): Promise<SearchResult> {
  const { rows } = await tx.execute<{ id: string }>(hitsOf(where, query, { ...page, limit: page.limit + 1 }));
  const { rows: counted } = await tx.execute<{ n: number }>(
    sql`select count(*)::int as n from (${hitsOf(where, query, { limit: MOST_COUNTED })}) hit`,
  );
  const ids = rows.slice(0, page.limit).map(({ id }) => id);
  const { message } = schema;
  const found = ids.length > 0 ? await tx.select().from(message).where(inArray(message.id, ids)) : [];
  const byId = new Map(found.map((row) => [row.id, toMessage(row)]));
  return {
    messages: ids.flatMap((id) => byId.get(id) ?? []),
    more: rows.length > page.limit,
    total: counted[0]?.n ?? 0,
  };
}

/** SQL: the ids of hits, the newest first. Each conversation by itself, so that the index serves the question. */
export function hitsOf(where: SearchIn, query: string, { before, limit }: SearchPage): SQL {
  const { message } = schema;
  const ids = sql.param([...where.conversationIds]);
  const place = before
    ? sql`and (${message.createdAt}, ${message.id}) < (${before.at.toISOString()}::timestamptz, ${before.id}::uuid)`
    : sql``;
  const seen = where.audience === "public" ? sql`and ${message.visibility} = 'public'` : sql``;
  const from = where.fromSeq > 0 ? sql`and ${message.seq} >= ${where.fromSeq}` : sql``;
  return sql`select hit.id from unnest(${ids}::uuid[]) asked(id) cross join lateral (
      select ${message.id}, ${message.createdAt} from ${message}
      where ${message.conversationId} = asked.id and ${message.text} <> ''
        and to_tsvector('simple', search_fold(${message.text})) @@ ${query}::tsquery
        and ${message.deletedAt} is null ${seen} ${from} ${place} and ${unhidden(where.accountId)}
      order by ${message.createdAt} desc, ${message.id} desc limit ${limit}) hit
    order by hit.created_at desc, hit.id desc limit ${limit}`;
}
