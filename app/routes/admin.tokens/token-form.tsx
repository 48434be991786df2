import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { TOKEN_SCOPES } from "~/modules/accounts";
import { useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { TextField } from "~/ui/forms/text-field";

/** A name, and what the program that gets the token may do. */
export function TokenForm() {
  const { t } = useTranslation();
  const answer = useFormAnswer();
  const problemOf = useFieldProblem(answer.problemOf("create"));
  return (
    <Form method="post" noValidate className="grid max-w-xl gap-4" preventScrollReset>
      <TextField
        label={t("admin.tokens.name")}
        hint={t("admin.tokens.nameHint")}
        name="name"
        autoComplete="off"
        maxLength={80}
        defaultValue={answer.valuesOf("create")?.name}
        error={problemOf("name")}
      />
      <fieldset>
        <legend className="font-medium text-sm">{t("admin.tokens.may")}</legend>
        <div className="grid gap-x-5 sm:grid-cols-2">
          {TOKEN_SCOPES.map((scope) => (
            <Checkbox
              key={scope}
              name="scopes"
              value={scope}
              label={t(`admin.tokens.scopes.${scope.replace(":", "_")}`)}
              hint={<code>{scope}</code>}
            />
          ))}
          <Checkbox name="scopes" value="*" label={t("admin.tokens.everything")} hint={<code>*</code>} />
        </div>
      </fieldset>
      <div>
        <Button type="submit" name="intent" value="create" variant="primary" busy={answer.isBusy("create")}>
          {t("admin.tokens.submit")}
        </Button>
      </div>
    </Form>
  );
}
