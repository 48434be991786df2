import { sql } from "drizzle-orm";
import type { Language } from "~/i18n/languages";
import type { Tx } from "~/platform/db.server";

/** PostgreSQL's dictionaries of words and their stems. */
const DICTIONARIES: Record<Language, string> = { es: "spanish", pt: "portuguese", en: "english" };

/** What is longer is no question but a story; its beginning says what it is about. */
const LONGEST_ASKED = 500;

/** Below this it is another word, and no slip of the finger. */
const LIKE_WORDS = 0.45;

/** `score` from 0 to 1. */
export type MatchedAnswer = { id: string; question: string; answer: string; score: number };

/**
 * The organisation's answers whose questions are most like what was asked, best first, in one language. A word counts for
 * how seldom it is among its questions; a stem that is nearly the same counts for its likeness; and the whole is compared
 * letter by letter too, for what is short or misspelt throughout.
 */
export async function matchQuestions(
  tx: Tx,
  asked: { orgId: string; language: Language; text: string; limit: number },
): Promise<MatchedAnswer[]> {
  const text = asked.text.replaceAll("\u0000", "").toWellFormed().slice(0, LONGEST_ASKED);
  if (!/[\p{L}\p{N}]/u.test(text)) return [];
  const stems = (of: ReturnType<typeof sql>) =>
    sql`tsvector_to_array(to_tsvector(${DICTIONARIES[asked.language]}::text::regconfig, ${of}))`;
  const { rows } = await tx.execute<MatchedAnswer>(sql`
    with asked as materialized (select search_fold(${text}) as folded),
    wording as materialized (
      select e.id, u.place, search_fold(u.words) as folded, ${stems(sql`search_fold(u.words)`)} as stems
      from faq_entry e cross join lateral unnest(e.questions) with ordinality as u(words, place)
      where e.org_id = ${asked.orgId} and e.language = ${asked.language} and e.enabled),
    entries as (select count(distinct id)::float8 as n from wording),
    weight as materialized (
      select stem, ln(1 + n / count(distinct id)) as weight
      from wording cross join lateral unnest(stems) as s(stem) cross join entries group by stem, n),
    said as materialized (select unnest(${stems(sql`folded`)}) as stem from asked),
    alike as materialized (
      select said.stem as said, weight.stem, weight.weight,
        case when said.stem = weight.stem then 1 else similarity(said.stem, weight.stem) end as likeness
      from said join weight on said.stem = weight.stem
        or (length(said.stem) > 3 and similarity(said.stem, weight.stem) >= ${LIKE_WORDS}::float8)),
    heard as (
      select said.stem, coalesce((select weight from alike where alike.said = said.stem order by likeness desc limit 1),
        (select ln(1 + n) / 2 from entries)) as weight from said),
    scored as (
      select w.id, w.place, w.folded = asked.folded as same, similarity(w.folded, asked.folded) as letters,
        (select coalesce(sum(weight.weight * coalesce((select max(likeness) from alike where alike.stem = weight.stem), 0))
          / nullif(sum(weight.weight), 0), 0) from weight where weight.stem = any(w.stems)) as told,
        (select coalesce(sum(heard.weight * coalesce((select max(likeness) from alike
          where alike.said = heard.stem and alike.stem = any(w.stems)), 0)) / nullif(sum(heard.weight), 0), 0)
          from heard) as meant
      from wording w cross join asked),
    best as (
      select id, max(case when same then 1 else 0.8 * told * (0.4 + 0.6 * meant) + 0.2 * letters end) as score
      from scored group by id)
    select e.id, e.questions[1] as question, e.answer, round(best.score::numeric, 3)::float8 as score
    from best join faq_entry e on e.id = best.id
    where best.score > 0.05 order by best.score desc, e.id limit ${asked.limit}`);
  return rows;
}
