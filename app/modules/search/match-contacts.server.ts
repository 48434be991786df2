import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { pastPolicies, type Tx } from "~/platform/db.server";
import { schema } from "~db/index.server";

const { contact } = schema;

/** A contact and how well it fits, 0 to 2,000,000. */
export type Match = { id: string; score: number };

/** So many that fit are compared. */
const MOST_COMPARED = 500;
const SHORTEST_LIKE = 3;
/** Of the threes of letters of a word asked for, that a name must share. */
const LIKENESS = 0.5;

const NAME = sql`search_name(${contact.name}, ${contact.email}, ${contact.phone})`;
const escaped = (word: string) => word.replace(/[\\%_]/g, "\\$&");

/**
 * The contacts whose name, e-mail address or telephone holds words that begin so, or that are like them; the best first.
 * `sight` says which of them count.
 */
export async function matchContacts(
  tx: Tx,
  orgId: string,
  words: readonly string[],
  sight: SQL | undefined,
): Promise<Match[]> {
  if (words.length === 0) return [];
  return pastPolicies(tx, async () => {
    await tx.execute(sql`select set_config('pg_trgm.word_similarity_threshold', ${String(LIKENESS)}, true)`);
    const begun = await matches(tx, orgId, words, and(beginning(words), sight));
    const long = words.every((word) => word.length >= SHORTEST_LIKE);
    if (begun.length > 0 || !long) return begun;
    return matches(tx, orgId, words, and(...words.map(likeness), sight));
  });
}

const beginning = (words: readonly string[]): SQL => {
  const query = words.map((word) => `'${word.replaceAll("\\", "\\\\").replaceAll("'", "''")}':*`).join(" & ");
  return sql`to_tsvector('simple', ${NAME}) @@ ${query}::tsquery`;
};

const likeness = (word: string): SQL => sql`(${NAME} %> ${word} or ${NAME} like ${`%${escaped(word)}%`})`;

async function matches(tx: Tx, orgId: string, words: readonly string[], condition: SQL | undefined): Promise<Match[]> {
  const asked = words.join(" ");
  const { rows } = await tx.execute<Match>(sql`
    select id, (1000000 * (word_similarity(${asked}, name) + (name like ${`${escaped(asked)}%`})::int))::int as score
    from (select ${contact.id}, ${NAME} as name from ${contact}
      where ${and(eq(contact.orgId, orgId), isNull(contact.mergedInto), isNull(contact.erasedAt), condition)}
      limit ${MOST_COMPARED}) one
    order by score desc, id desc`);
  return rows;
}
