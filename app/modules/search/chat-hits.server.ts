import { type SQL, sql } from "drizzle-orm";
import { type Reading, unhidden } from "~/modules/messaging/index.server";
import { schema } from "~db/index.server";

/** Where to look, and as whom: whoever calls has asked whether that one may read there. */
export type LookIn = Reading & { conversationIds: readonly string[]; accountId: string | null };

/** `before`: the message after which, going back in time, the page begins. */
export type HitsAsked = { before?: { at: Date; id: string }; limit: number };

/** SQL: the ids of hits, the newest first. Each conversation by itself, so that the index serves the question. */
export function hitsOf(where: LookIn, query: string, { before, limit }: HitsAsked): SQL {
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
        and search_words(${message.text}) @@ ${query}::tsquery
        and ${message.deletedAt} is null ${seen} ${from} ${place} and ${unhidden(where.accountId)}
      order by ${message.createdAt} desc, ${message.id} desc limit ${limit}) hit
    order by hit.created_at desc, hit.id desc limit ${limit}`;
}
