import { Form } from "@remix-run/react";
import { languageNames } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { FaqAnswer } from "~/modules/bots";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { ANSWER_FIELDS, AnswerFields } from "./answer-fields";

/** An answer with its first question, and what can be done with it. */
export function AnswerRow({ answer }: { answer: FaqAnswer }) {
  const { t } = useTranslation();
  const { problemOf, isBusy } = useFormAnswer();
  const row = { answerId: answer.id };
  const [title = "", ...wordings] = answer.questions;
  return (
    <li className="grid grid-cols-1 gap-1 border-line border-b py-3 last:border-b-0">
      <p className="flex flex-wrap items-baseline gap-x-2">
        <bdi className="wrap-anywhere font-medium">{title}</bdi>
        {wordings.length > 0 && (
          <span className="text-ink-soft text-sm">{t("admin.answers.wordings", { count: wordings.length })}</span>
        )}
        <Badge>{languageNames[answer.language]}</Badge>
        {!answer.enabled && <Badge tone="amber">{t("admin.answers.disabled")}</Badge>}
      </p>
      <p dir="auto" className="wrap-anywhere line-clamp-2 max-w-[44rem] whitespace-pre-line text-ink-soft">
        {answer.answer}
      </p>
      <Disclosure
        label={t("admin.answers.edit")}
        ariaLabel={t("admin.answers.editOf", { title })}
        open={problemOf("change", row) !== undefined || problemOf("delete", row) !== undefined}
      >
        <div className="grid max-w-2xl gap-4 rounded-sm bg-sunken p-4">
          <ProblemNote problem={problemOf("delete", row)} />
          <ProblemNote problem={problemOf("change", row)} fields={ANSWER_FIELDS} />
          <Form method="post" noValidate className="grid gap-4" preventScrollReset>
            <input type="hidden" name="answerId" value={answer.id} />
            <AnswerFields answer={answer} />
            <div className="flex flex-wrap gap-2">
              <Button type="submit" name="intent" value="change" busy={isBusy("change", row)}>
                {t("ui.save")}
              </Button>
              <Button type="submit" name="intent" value="delete" variant="quiet" busy={isBusy("delete", row)}>
                {t("admin.answers.delete")}
              </Button>
            </div>
          </Form>
        </div>
      </Disclosure>
    </li>
  );
}
