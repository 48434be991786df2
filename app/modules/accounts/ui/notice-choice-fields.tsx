import { useTranslation } from "~/i18n/translation";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";
import { NOTICE_KINDS, type NoticeChoice } from "../notices/notice-choice";
import { ProblemNote, useFieldProblem } from "./problem-note";
import { useFormAnswer } from "./use-form-answer";

/** Which notices are said aloud, and at what hours none is. */
export function NoticeChoiceFields({ intent, choice }: { intent: string; choice: NoticeChoice }) {
  const { t } = useTranslation();
  const { problemOf, valuesOf } = useFormAnswer();
  const problem = problemOf(intent);
  const values = valuesOf(intent);
  const errorOf = useFieldProblem(problem);
  return (
    <>
      <ProblemNote problem={problem} fields={["from", "to"]} />
      <fieldset>
        <legend className="font-medium text-sm">{t("notices.choice.loud")}</legend>
        {NOTICE_KINDS.map((kind) => (
          <Checkbox
            key={kind}
            name="loud"
            value={kind}
            label={t(`notices.alone.${kind}`)}
            hint={t(`notices.choice.who.${kind}`)}
            defaultChecked={choice.loud.includes(kind)}
          />
        ))}
      </fieldset>
      <fieldset className="grid gap-2">
        <legend className="pb-1 font-medium text-sm">{t("notices.choice.quiet")}</legend>
        <div className="grid max-w-md grid-cols-2 gap-3">
          <TextField
            label={t("notices.choice.from")}
            name="from"
            type="time"
            optional
            defaultValue={values?.from ?? choice.quiet?.from}
            error={errorOf("from")}
          />
          <TextField
            label={t("notices.choice.to")}
            name="to"
            type="time"
            optional
            defaultValue={values?.to ?? choice.quiet?.to}
            error={errorOf("to")}
          />
        </div>
        <p className="text-ink-faint text-sm">{t("notices.choice.quietHint")}</p>
      </fieldset>
    </>
  );
}
