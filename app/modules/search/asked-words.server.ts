import { sql } from "drizzle-orm";
import type { Tx } from "~/platform/db.server";

/** What was asked for. `query` is a tsquery, null where it holds no word; `marks` are beginnings of the words found by it. */
export type AskedWords = { query: string | null; words: string[]; marks: string };

const MOST_WORDS = 10;
const LONGEST = 200;
/** Shorter beginnings stand in nearly all texts. */
const SHORTEST_BEGINNING = 2;
const SHORTEST_STEM = 3;

type Row = { plain: string; stems: string[]; stop: boolean };

const quoted = (lexeme: string) => `'${lexeme.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;

/**
 * Reads what a person wrote: every word as it stands, without case and accents, or by its stem in Spanish or Portuguese; the
 * last may have only begun. Words that are in every text count only where there is no other.
 */
export async function readWords(tx: Tx, given: string): Promise<AskedWords> {
  const text = given.replaceAll("\u0000", "").toWellFormed().slice(0, LONGEST).toWellFormed();
  const parts = (text.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).slice(0, MOST_WORDS);
  if (parts.length === 0) return { query: null, words: [], marks: "" };
  const stem = (dictionary: string) =>
    sql`ts_lexize(${dictionary}, lower(w)) || ts_lexize(${dictionary}, search_fold(w))`;
  const { rows } = await tx.execute<Row>(sql`
    select search_fold(w) as plain,
      array(select distinct one from unnest(${stem("spanish_stem")} || ${stem("portuguese_stem")}) one) as stems,
      ts_lexize('spanish_stem', lower(w)) = '{}' or ts_lexize('portuguese_stem', lower(w)) = '{}' as stop
    from unnest(${sql.param(parts)}::text[]) with ordinality asked(w, n) where search_fold(w) <> '' order by n`);
  const telling = rows.filter(({ stop }) => !stop);
  const kept = telling.length > 0 ? telling : rows;
  const last = rows.at(-1);
  const query = kept.map((row) => wordQuery(row, row === last)).join(" & ");
  // An address, or a number with points, is one word to PostgreSQL, which its parts would not find.
  const { rows: whole } = await tx.execute<{ query: string }>(
    sql`select plainto_tsquery('simple', search_fold(${text}))::text as query`,
  );
  const also = whole[0]?.query ? ` | (${whole[0].query}:*)` : "";
  const marks = kept.flatMap(({ plain, stems }) => [plain, ...stems.filter((one) => one.length >= SHORTEST_STEM)]);
  return {
    query: query ? `(${query})${also}` : null,
    words: rows.map(({ plain }) => plain),
    marks: [...new Set(marks)].join(" "),
  };
}

function wordQuery({ plain, stems }: Row, begun: boolean): string {
  const itself = begun && plain.length >= SHORTEST_BEGINNING ? `${quoted(plain)}:*` : quoted(plain);
  return `(${[itself, ...stems.map(quoted)].join(" | ")})`;
}
