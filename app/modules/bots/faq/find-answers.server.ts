import { and, desc, eq, lt, sql } from "drizzle-orm";
import type { Language } from "~/i18n/languages";
import type { Actor } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import { invalid, notFound } from "~/platform/errors";
import { isUuid } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import type { FaqAnswer } from "./answer-fields";
import { type MatchedAnswer, matchQuestions } from "./match-questions.server";

const { faqEntry } = schema;
export type AnswerRow = typeof faqEntry.$inferSelect;

export const answerView = ({ id, language, questions, answer, enabled, updatedAt }: AnswerRow): FaqAnswer => ({
  ...{ id, language, questions, answer, enabled },
  updatedAt: updatedAt.toISOString(),
});

/** An answer that the actor may change, held. @throws AppError `not_found`, `forbidden` */
export async function lockAnswer(ctx: Context<Actor>, orgId: string, answerId: string): Promise<AnswerRow> {
  authorise(ctx.actor, orgId, "flows.write");
  const mine = and(eq(faqEntry.orgId, orgId), eq(faqEntry.id, answerId));
  const [row] = isUuid(answerId) ? await ctx.tx.select().from(faqEntry).where(mine).for("update") : [];
  if (!row) throw notFound("answer");
  return row;
}

const PAGE = 50;

/** Answers that hold some words in any wording; `%` and `_` are letters like others. All, where no word is given. */
function holding(words: string) {
  const sought = words.replaceAll("\u0000", "").toWellFormed().trim().slice(0, 200);
  if (sought === "") return undefined;
  return sql`search_fold(array_to_string(${faqEntry.questions}, ' ') || ' ' || ${faqEntry.answer})
    like '%' || replace(replace(replace(search_fold(${sought}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`;
}

/**
 * An organisation's answers by their first question, 50 a page; `words` picks those that hold them in any wording.
 * @throws AppError `not_found`, `forbidden`
 */
export async function listAnswers(
  ctx: Context<Actor>,
  orgId: string,
  { words = "", page = 0 }: { words?: string; page?: number } = {},
): Promise<{ answers: FaqAnswer[]; total: number; more: boolean }> {
  authorise(ctx.actor, orgId, "flows.read");
  const rows = await ctx.tx
    .select()
    .from(faqEntry)
    .where(and(eq(faqEntry.orgId, orgId), holding(words)))
    .orderBy(sql`search_fold(${faqEntry.questions}[1])`, faqEntry.id)
    .limit(PAGE + 1)
    .offset(page * PAGE);
  const total = await ctx.tx.$count(faqEntry, eq(faqEntry.orgId, orgId));
  return { answers: rows.slice(0, PAGE).map(answerView), total, more: rows.length > PAGE };
}

/**
 * A page of an organisation's answers, the newest first, for programs.
 * @throws AppError `not_found`, `forbidden`, `cursor_invalid` (422)
 */
export async function pageOfAnswers(
  ctx: Context<Actor>,
  orgId: string,
  { words = "", cursor, limit }: { words?: string; cursor?: string; limit: number },
): Promise<{ answers: FaqAnswer[]; nextCursor: string | null }> {
  authorise(ctx.actor, orgId, "flows.read");
  if (cursor !== undefined && !isUuid(cursor)) throw invalid("cursor_invalid");
  const older = cursor === undefined ? undefined : lt(faqEntry.id, cursor);
  const rows = await ctx.tx
    .select()
    .from(faqEntry)
    .where(and(eq(faqEntry.orgId, orgId), older, holding(words)))
    .orderBy(desc(faqEntry.id))
    .limit(limit + 1);
  const answers = rows.slice(0, limit).map(answerView);
  return { answers, nextCursor: rows.length > limit ? (answers.at(-1)?.id ?? null) : null };
}

/** What an FAQ node would find for a question, with its scores. @throws AppError `not_found`, `forbidden` */
export async function tryQuestion(
  ctx: Context<Actor>,
  orgId: string,
  asked: { text: string; language: Language },
): Promise<MatchedAnswer[]> {
  authorise(ctx.actor, orgId, "flows.read");
  return matchQuestions(ctx.tx, { orgId, ...asked, limit: 5 });
}
