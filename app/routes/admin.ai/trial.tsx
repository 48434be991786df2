import { Form } from "@remix-run/react";
import { languageNames, languages } from "~/i18n/languages";
import { useTranslation } from "~/i18n/translation";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import type { act } from "./act.server";

type Tried = NonNullable<Awaited<ReturnType<typeof act>>>;

/** A question to the model, and what a customer would be told. */
export function Trial({ tried, language }: { tried: Tried | null; language: string }) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const problem = problemOf("try");
  const values = valuesOf("try") ?? tried?.asked;
  const errorOf = useFieldProblem(problem);
  return (
    <>
      <ProblemNote problem={problem} fields={["text"]} />
      <Form method="post" noValidate className="flex flex-wrap items-end gap-2" preventScrollReset>
        <TextField
          className="min-w-56 flex-1"
          label={t("admin.ai.question")}
          name="text"
          maxLength={500}
          autoComplete="off"
          defaultValue={values?.text}
          error={errorOf("text")}
        />
        <Select
          className="w-36"
          label={t("admin.answers.language")}
          name="language"
          defaultValue={values?.language ?? language}
        >
          {languages.map((one) => (
            <option key={one} value={one}>
              {languageNames[one]}
            </option>
          ))}
        </Select>
        <Button type="submit" name="intent" value="try" busy={isBusy("try")}>
          {t("admin.ai.ask")}
        </Button>
      </Form>
      {tried && (
        <div role="status" className="grid max-w-2xl gap-2">
          <Verdict result={tried.result} />
        </div>
      )}
    </>
  );
}

function Verdict({ result }: { result: Tried["result"] }) {
  const { t } = useTranslation();
  if ("answer" in result) {
    return (
      <>
        <p dir="auto" className="wrap-anywhere whitespace-pre-line">
          {result.answer}
        </p>
        <p className="wrap-anywhere text-ink-soft text-sm">
          {t("admin.ai.restsOn", { questions: result.sources.join(" · ") })}
        </p>
      </>
    );
  }
  if ("unsure" in result) {
    return (
      <p>
        <Badge tone="amber">{t("admin.ai.unsure")}</Badge> {t("admin.ai.unsureAbout")}
      </p>
    );
  }
  return (
    <p>
      <Badge tone="danger">{result.error}</Badge> {t([`admin.ai.errors.${result.error}`, "admin.ai.errors.other"])}
    </p>
  );
}
