import { asc, eq, sql } from "drizzle-orm";
import type { Actor } from "~/modules/accounts";
import { authorise, recordAudit } from "~/modules/accounts/index.server";
import { newId } from "~/platform/ids";
import type { Context } from "~/platform/transact.server";
import { schema } from "~db/index.server";
import { normaliseAnswer } from "../answers/normalise-answer";
import { answersFile, type LineProblem, readAnswersFile } from "./answers-file";
import { MOST_ANSWERS } from "./change-answers.server";
import { answerView } from "./find-answers.server";

const { faqEntry } = schema;

export type AnswersImported = {
  dryRun: boolean;
  lines: number;
  created: number;
  changed: number;
  problems: LineProblem[];
};

const every = (ctx: Context<Actor>, orgId: string) =>
  ctx.tx.select().from(faqEntry).where(eq(faqEntry.orgId, orgId)).orderBy(asc(faqEntry.id));

/** All answers as a CSV file. @throws AppError `not_found`, `forbidden` */
export async function exportAnswers(ctx: Context<Actor>, orgId: string): Promise<string> {
  authorise(ctx.actor, orgId, "flows.write");
  const rows = await every(ctx, orgId);
  await recordAudit(ctx, {
    orgId,
    action: "answers.exported",
    subject: { id: orgId, name: "" },
    after: { lines: rows.length },
  });
  return answersFile(rows.map(answerView));
}

const keyOf = (language: string, [title = ""]: readonly string[]) => `${language} ${normaliseAnswer(title)}`;

/**
 * Reads answers from a CSV file, or tries to: a line whose language and first question are there already changes that
 * answer, wrong lines are reported and left out.
 * @throws AppError `not_found`, `forbidden`
 */
export async function importAnswers(
  ctx: Context<Actor>,
  orgId: string,
  { text, dryRun }: { text: string; dryRun: boolean },
): Promise<AnswersImported> {
  authorise(ctx.actor, orgId, "flows.write");
  await ctx.tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`answers:${orgId}`}, 0))`);
  const known = new Map((await every(ctx, orgId)).map((row) => [keyOf(row.language, row.questions), row.id]));
  const { lines, problems, all } = readAnswersFile(text);
  const report: AnswersImported = { dryRun, lines: all, created: 0, changed: 0, problems };
  for (const { line, fields } of lines) {
    const key = keyOf(fields.language, fields.questions);
    const there = known.get(key);
    if (there === undefined && known.size >= MOST_ANSWERS) {
      report.problems.push({ line, column: null, code: "too_many_answers" });
      continue;
    }
    const id = there ?? newId();
    known.set(key, id);
    report[there === undefined ? "created" : "changed"]++;
    if (dryRun) continue;
    const set = { ...fields, enabled: fields.enabled ?? true, updatedAt: ctx.now };
    if (there === undefined) await ctx.tx.insert(faqEntry).values({ ...set, id, orgId, createdAt: ctx.now });
    else await ctx.tx.update(faqEntry).set(set).where(eq(faqEntry.id, id));
  }
  const { created, changed } = report;
  if (!dryRun && created + changed > 0)
    await recordAudit(ctx, {
      orgId,
      action: "answers.imported",
      subject: { id: orgId, name: "" },
      after: { created, changed },
    });
  return report;
}
