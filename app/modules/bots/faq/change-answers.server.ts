import { and, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise, parseChange, recordAudit, recordChange } from "~/modules/accounts/index.server";
import { conflict } from "~/platform/errors";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { type AnswerFields, answerFields, type FaqAnswer } from "./answer-fields";
import { type AnswerRow, answerView, lockAnswer } from "./find-answers.server";

const { faqEntry } = schema;
/** Each question looks through all of them. */
export const MOST_ANSWERS = 1_000;

const shown = ({ language, questions, answer, enabled }: AnswerRow) => ({ language, questions, answer, enabled });
const subjectOf = ({ id, questions }: AnswerRow) => ({ id, name: (questions[0] ?? "").slice(0, 100) });

/**
 * Keeps an answer with the wordings that customers ask for it in. With an `id` a repeat keeps no second one.
 * @throws AppError `not_found`, `forbidden`; 422 with the field where a value will not do; `too_many_answers` (409)
 */
export async function createAnswer(
  ctx: Context<Actor>,
  orgId: string,
  given: AnswerFields,
  id: string = newId(),
): Promise<FaqAnswer> {
  authorise(ctx.actor, orgId, "flows.write");
  const fields = parseChange(answerFields, given);
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`answers:${orgId}`}, 0))`);
  const [made] = await ctx.tx
    .select()
    .from(faqEntry)
    .where(and(eq(faqEntry.orgId, orgId), eq(faqEntry.id, id)));
  if (made) return answerView(made);
  if ((await ctx.tx.$count(faqEntry, eq(faqEntry.orgId, orgId))) >= MOST_ANSWERS)
    throw conflict("too_many_answers", { most: MOST_ANSWERS });
  const row = { id, orgId, ...fields, createdAt: ctx.now, updatedAt: ctx.now };
  await ctx.tx.insert(faqEntry).values(row);
  await recordAudit(ctx, { orgId, action: "answer.created", subject: subjectOf(row), after: shown(row) });
  return answerView(row);
}

/** Changes what is given of an answer. @throws AppError `not_found`, `forbidden`; 422 with the field */
export async function changeAnswer(
  ctx: Context<Actor>,
  input: { orgId: string; answerId: string; change: Partial<AnswerFields> },
): Promise<FaqAnswer> {
  const before = await lockAnswer(ctx, input.orgId, input.answerId);
  const { enabled, ...rest } = parseChange(answerFields.partial(), input.change);
  // What is not named is not switched on by it.
  const set = { ...rest, ...(input.change.enabled !== undefined && { enabled }), updatedAt: ctx.now };
  const after = { ...before, ...set };
  await ctx.tx.update(faqEntry).set(set).where(eq(faqEntry.id, before.id));
  const states = { before: shown(before), after: shown(after) };
  await recordChange(ctx, { orgId: input.orgId, action: "answer.changed", subject: subjectOf(after), ...states });
  return answerView(after);
}

/** Forgets an answer; what it was comes back, from which `createAnswer` makes it again. @throws AppError `not_found` */
export async function deleteAnswer(ctx: Context<Actor>, orgId: string, answerId: string): Promise<FaqAnswer> {
  const row = await lockAnswer(ctx, orgId, answerId);
  await ctx.tx.delete(faqEntry).where(eq(faqEntry.id, row.id));
  await recordAudit(ctx, { orgId, action: "answer.deleted", subject: subjectOf(row), before: shown(row) });
  return answerView(row);
}
