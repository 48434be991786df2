import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";

export const SUBJECTS = ["contact", "ticket"] as const;
const KINDS = ["text", "number", "date", "choice", "yes_no"] as const;

/** Of what a new field is, what it is called and what may stand in it. */
export function NewField() {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const problem = problemOf("create");
  const values = valuesOf("create");
  const errorOf = useFieldProblem(problem);
  return (
    <Form method="post" noValidate className="grid max-w-md gap-4" preventScrollReset>
      <ProblemNote problem={problem} fields={["label", "options"]} />
      <Select label={t("admin.fields.subject")} name="subject" defaultValue={values?.subject}>
        {SUBJECTS.map((one) => (
          <option key={one} value={one}>
            {t(`admin.fields.subjects.${one}`)}
          </option>
        ))}
      </Select>
      <TextField
        label={t("admin.fields.label")}
        name="label"
        autoComplete="off"
        maxLength={60}
        defaultValue={values?.label}
        error={errorOf("label")}
      />
      <Select label={t("admin.fields.kind")} name="kind" defaultValue={values?.kind}>
        {KINDS.map((one) => (
          <option key={one} value={one}>
            {t(`admin.fields.kinds.${one}`)}
          </option>
        ))}
      </Select>
      <TextField
        label={t("admin.fields.options")}
        hint={t("admin.fields.optionsHint")}
        name="options"
        autoComplete="off"
        optional
        defaultValue={values?.options}
        error={errorOf("options")}
      />
      <div>
        <Button type="submit" name="intent" value="create" variant="primary" busy={isBusy("create")}>
          {t("admin.fields.createSubmit")}
        </Button>
      </div>
    </Form>
  );
}
