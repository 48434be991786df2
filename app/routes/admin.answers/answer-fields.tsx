import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { FaqAnswer } from "~/modules/bots";
import { Checkbox } from "~/ui/forms/checkbox";
import { Select } from "~/ui/forms/select";
import { TextArea } from "~/ui/forms/text-area";

export const ANSWER_FIELDS = ["questions", "answer"];

/** Wordings, answer, language, and whether bots use it; of a new answer or of one that is there. */
export function AnswerFields({ answer, language }: { answer?: FaqAnswer; language?: string }) {
  const { t } = useTranslation();
  const { problemOf, valuesOf } = useFormAnswer();
  const [intent, row] = answer ? ["change", { answerId: answer.id }] : ["create", undefined];
  const values = valuesOf(intent, row);
  const errorOf = useFieldProblem(problemOf(intent, row));
  return (
    <>
      <TextArea
        label={t("admin.answers.questions")}
        hint={t("admin.answers.questionsHint")}
        name="questions"
        rows={3}
        defaultValue={values?.questions ?? answer?.questions.join("\n")}
        error={errorOf("questions")}
      />
      <TextArea
        label={t("admin.answers.answer")}
        hint={t("admin.answers.answerHint")}
        name="answer"
        maxLength={4_000}
        defaultValue={values?.answer ?? answer?.answer}
        error={errorOf("answer")}
      />
      <Select
        label={t("admin.answers.language")}
        name="language"
        defaultValue={values?.language ?? answer?.language ?? language}
      >
        {languages.map((one) => (
          <option key={one} value={one}>
            {languageNames[one]}
          </option>
        ))}
      </Select>
      <Checkbox
        label={t("admin.answers.enabled")}
        name="enabled"
        defaultChecked={values ? values.enabled === "on" : (answer?.enabled ?? true)}
      />
    </>
  );
}
