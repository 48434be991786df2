import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { AiEndpoint } from "~/modules/bots";
import { Button } from "~/ui/button";
import { Checkbox } from "~/ui/forms/checkbox";
import { PasswordField } from "~/ui/forms/password-field";
import { TextField } from "~/ui/forms/text-field";

const MILLION = 1_000_000;
const AMOUNTS = ["priceIn", "priceOut", "monthCost"] as const;
const NUMBERS = ["timeoutSeconds", "mostTokens", "monthQuestions"] as const;
const FIELDS = ["baseUrl", "model", "key", ...NUMBERS, ...AMOUNTS];

const FRESH = { timeoutSeconds: 8, mostTokens: 300, monthQuestions: 1_000, priceIn: 0, priceOut: 0, monthCost: 0 };

/** Which language model answers, and within what limits. */
export function EndpointForm({ endpoint }: { endpoint: AiEndpoint | null }) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const problem = problemOf("save");
  const values = valuesOf("save");
  const limits = endpoint ?? FRESH;
  const errorOf = useFieldProblem(problem);
  const number = (name: (typeof NUMBERS)[number] | (typeof AMOUNTS)[number], standing: string) => (
    <TextField
      label={t(`admin.ai.${name}`)}
      hint={t(`admin.ai.${name}Hint`)}
      name={name}
      inputMode="decimal"
      autoComplete="off"
      defaultValue={values?.[name] ?? standing}
      error={errorOf(name)}
    />
  );
  return (
    <Form method="post" noValidate className="grid max-w-2xl gap-4" preventScrollReset>
      <ProblemNote problem={problem} fields={FIELDS} />
      <Checkbox
        label={t("admin.ai.enabled")}
        hint={t("admin.ai.enabledHint")}
        name="enabled"
        defaultChecked={values ? values.enabled === "on" : endpoint?.enabled}
      />
      <TextField
        label={t("admin.ai.baseUrl")}
        hint={t("admin.ai.baseUrlHint")}
        name="baseUrl"
        type="url"
        autoComplete="off"
        placeholder="https://api.example.com/v1"
        defaultValue={values?.baseUrl ?? endpoint?.baseUrl}
        error={errorOf("baseUrl")}
      />
      <TextField
        label={t("admin.ai.model")}
        name="model"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={values?.model ?? endpoint?.model}
        error={errorOf("model")}
      />
      <PasswordField
        label={t("admin.ai.key")}
        hint={t(endpoint?.hasKey ? "admin.ai.keyKept" : "admin.ai.keyHint")}
        name="secret"
        optional
        autoComplete="off"
        error={errorOf("key")}
      />
      {endpoint?.hasKey && <Checkbox label={t("admin.ai.forgetKey")} name="forget" />}
      <div className="grid gap-4 sm:grid-cols-2">
        {NUMBERS.map((name) => (
          <div key={name}>{number(name, String(limits[name]))}</div>
        ))}
        {AMOUNTS.map((name) => (
          <div key={name}>{number(name, String(limits[name] / MILLION))}</div>
        ))}
      </div>
      <div>
        <Button type="submit" name="intent" value="save" variant="primary" busy={isBusy("save")}>
          {t("ui.save")}
        </Button>
      </div>
    </Form>
  );
}
