import { type ActionFunctionArgs, type LoaderFunctionArgs, type MetaFunction, redirect } from "@remix-run/node";
import { Form, Link, useActionData, useLoaderData } from "@remix-run/react";
import { languageOf, translator } from "~/i18n/i18n.server";
import { toLanguage } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { asFormProblem, requireAdmin, runAs } from "~/modules/accounts/index.server";
import { DoneNote } from "~/modules/accounts/ui/done-note";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Section } from "~/modules/accounts/ui/section";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { FaqAnswer } from "~/modules/bots";
import { listAnswers, tryQuestion } from "~/modules/bots/index.server";
import { formOf } from "~/platform/form-of.server";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";
import { RouteError } from "~/ui/state/route-error";
import { act } from "./act.server";
import { ANSWER_FIELDS, AnswerFields } from "./answer-fields";
import { AnswerRow } from "./answer-row";
import { AnswersFile } from "./answers-file";
import { TryQuestion } from "./try-question";

export async function loader({ request }: LoaderFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const { orgId } = membership;
  const t = await translator(request);
  const asked = new URL(request.url).searchParams;
  const words = asked.get("q") ?? "";
  const text = asked.get("try") ?? "";
  const page = Math.min(Number(/^\d{1,4}$/.exec(asked.get("page") ?? "")?.[0] ?? 0), 1_000);
  const language = toLanguage(asked.get("language")) ?? (await languageOf(request));
  const { list, found } = await runAs(
    actor,
    orgId,
  )(async (ctx) => ({
    list: await listAnswers(ctx, orgId, { words, page }),
    found: text.trim() === "" ? null : await tryQuestion(ctx, orgId, { text, language }),
  }));
  return { title: t("admin.answers.title"), ...list, words, page, text, language, found, done: asked.get("done") };
}

export async function action({ request }: ActionFunctionArgs) {
  const { actor, membership } = await requireAdmin(request);
  const form = await formOf(request);
  try {
    const done = await act(actor, membership.orgId, form);
    return done ?? redirect(`/admin/answers?done=${form.get("intent")}`);
  } catch (error) {
    return asFormProblem(error, form);
  }
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.title ?? ""} · GuazuApp` }];

/** The questions that customers ask again and again, with the organisation's answers: what FAQ nodes know. */
export default function Answers() {
  const { title, answers, total, words, text, language, found, done } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>();
  const deleted = answer && "deleted" in answer ? answer.deleted : null;
  const report = answer && "report" in answer ? answer.report : null;
  const { t } = useTranslation();
  const said = done && !answer ? <DoneNote>{t("settings.saved")}</DoneNote> : null;
  return (
    <>
      <Section title={title} lead={t("admin.about.answers")}>
        {done !== "create" && said}
        {deleted && <Deleted answer={deleted} />}
        {total > 0 && <Search words={words} />}
        {answers.length === 0 && (
          <p className="text-ink-soft">{t(total > 0 ? "admin.answers.noneFound" : "admin.answers.empty")}</p>
        )}
        <ul className="grid grid-cols-1">
          {answers.map((one) => (
            <AnswerRow key={`${one.id}-${one.updatedAt}`} answer={one} />
          ))}
        </ul>
        <Pages />
      </Section>
      {total > 0 && (
        <Section id="try" title={t("admin.answers.tryTitle")} lead={t("admin.answers.tryLead")}>
          <TryQuestion key={`${text}-${language}`} asked={text} language={language} found={found} />
        </Section>
      )}
      <Section id="create" title={t("admin.answers.create")}>
        {done === "create" && said}
        <CreateAnswer key={total} language={language} />
      </Section>
      <Section id="file" title={t("admin.answers.fileTitle")} lead={t("admin.answers.fileLead")}>
        <AnswersFile report={report} total={total} />
      </Section>
    </>
  );
}

function Search({ words }: { words: string }) {
  const { t } = useTranslation();
  return (
    <Form method="get" role="search" className="flex max-w-xl flex-wrap items-end gap-2">
      <TextField
        key={words}
        className="min-w-48 flex-1"
        label={t("admin.answers.search")}
        hideLabel
        placeholder={t("admin.answers.search")}
        name="q"
        type="search"
        optional
        defaultValue={words}
      />
      <Button type="submit">{t("admin.answers.searchSubmit")}</Button>
    </Form>
  );
}

/** Gone, and how to have it back. */
function Deleted({ answer: { questions, answer, language, enabled } }: { answer: FaqAnswer }) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-wrap items-center gap-2">
      <DoneNote>{t("admin.answers.deleted", { title: questions[0] ?? "" })}</DoneNote>
      <Form method="post" preventScrollReset>
        <input type="hidden" name="questions" value={questions.join("\n")} />
        <input type="hidden" name="answer" value={answer} />
        <input type="hidden" name="language" value={language} />
        {enabled && <input type="hidden" name="enabled" value="on" />}
        <Button type="submit" size="sm" name="intent" value="restore">
          {t("admin.answers.undo")}
        </Button>
      </Form>
    </div>
  );
}

function Pages() {
  const { words, page, more } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  const to = (at: number) => `/admin/answers?${new URLSearchParams({ ...(words && { q: words }), page: String(at) })}`;
  if (page === 0 && !more) return null;
  const link = "touch-target text-accent-text underline underline-offset-2";
  return (
    <nav className="flex gap-4" aria-label={t("admin.answers.pages")}>
      {page > 0 && (
        <Link className={link} to={to(page - 1)}>
          {t("admin.answers.before")}
        </Link>
      )}
      {more && (
        <Link className={link} to={to(page + 1)}>
          {t("admin.answers.after")}
        </Link>
      )}
    </nav>
  );
}

function CreateAnswer({ language }: { language: string }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  return (
    <Form method="post" noValidate className="grid max-w-2xl gap-4" preventScrollReset>
      <ProblemNote problem={problemOf("create")} fields={ANSWER_FIELDS} />
      <AnswerFields language={language} />
      <div>
        <Button type="submit" name="intent" value="create" variant="primary" busy={isBusy("create")}>
          {t("admin.answers.createSubmit")}
        </Button>
      </div>
    </Form>
  );
}

export function ErrorBoundary() {
  return <RouteError />;
}
