import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { pastPolicies, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";
import { byRank, type Ranked } from "./ranking";

const { contact } = schema;

/** A contact, how well it fits, 0 to 2,000,000, and since when it is known (ms). */
export type Match = Ranked;

/** So many that fit are compared. */
const MOST_COMPARED = 500;
const SHORTEST_LIKE = 3;
/** Of the threes of letters of a word asked for, that a name must share. */
const LIKENESS = 0.5;

const NAME = sql`search_name(${contact.name}, ${contact.email}, ${contact.phone})`;
const escaped = (word: string) => word.replace(/[\\%_]/g, "\\$&");

/**
 * The contacts whose name, e-mail address or telephone holds words that begin so, or that are like them; the best first.
 * `sight` says which of them count; `newest` asks for the order of time.
 */
export async function matchContacts(
  tx: Tx,
  orgId: string,
  words: readonly string[],
  sight: SQL | undefined,
  newest = false,
): Promise<Match[]> {
  const matches = (condition: SQL | undefined) => select(tx, orgId, words, condition, newest);
  if (words.length === 0) return [];
  return pastPolicies(tx, async () => {
    await tx.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(LIKENESS)}, true)`);
    const begun = await matches(and(beginning(words), sight));
    const long = words.every((word) => word.length >= SHORTEST_LIKE);
    if (begun.length > 0 || !long) return begun;
    return matches(and(...words.map(likeness), sight));
  });
}

const beginning = (words: readonly string[]): SQL => {
  const query = words.map((word) => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}':*`).join(" & ");
  return sql`to_tsvector('simple', ${NAME}) @@ ${query}::tsquery`;
};

const likeness = (word: string): SQL => sql`(${NAME} %> ${word} or ${NAME} like ${`%${escaped(word)}%`})`;

async function select(
  tx: Tx,
  orgId: string,
  words: readonly string[],
  condition: SQL | undefined,
  newest: boolean,
): Promise<Match[]> {
  const asked = words.join(" ");
  const score = sql`(1000000 * (word_similarity(${asked}, name) + (name like ${`${escaped(asked)}%`})::int))::int`;
  const { rows } = await tx.execute<{ id: string; at: string; score: number }>(sql`
    select id, at, ${newest ? sql`0` : score} as score
    from (select ${contact.id}, ${contact.createdAt} as at, ${NAME} as name from ${contact}
      where ${and(eq(contact.orgId, orgId), isNull(contact.mergedInto), isNull(contact.erasedAt), condition)}
      ${newest ? sql`order by ${contact.createdAt} desc` : sql``} limit ${MOST_COMPARED}) one`);
  return rows.map(({ id, at, score }) => ({ id, at: Date.parse(at), score })).sort(byRank);
}
