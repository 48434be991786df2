import { and, eq, sql } from "drizzle-orm";
import type { Language } from "~/i18n/languages";
import type { Actor } from "~/modules/accounts";
import { authorise } from "~/modules/accounts/index.server";
import { notFound } from "~/platform/errors";
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

/** The text in which answers are sought; `%` and `_` are letters like others. */
const containing = (words: string) =>
  sql`search_fold(array_to_string(${faqEntry.questions}, ' ') || ' ' || ${faqEntry.answer})
    like '%' || replace(replace(replace(search_fold(${words}), '\\', '\\\\'), '%', '\\%'), '_', '\\_') || '%'`;

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
  const sought = words.replaceAll("\u0000", "").toWellFormed().trim().slice(0, 200);
  const wanted = and(eq(faqEntry.orgId, orgId), sought === "" ? undefined : containing(sought));
  const rows = await ctx.tx
    .select()
    .from(faqEntry)
    .where(wanted)
    .orderBy(sql`search_fold(${faqEntry.questions}[1])`, faqEntry.id)
    .limit(PAGE + 1)
    .offset(page * PAGE);
  const total = await ctx.tx.$count(faqEntry, eq(faqEntry.orgId, orgId));
  return { answers: rows.slice(0, PAGE).map(answerView), total, more: rows.length > PAGE };
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
