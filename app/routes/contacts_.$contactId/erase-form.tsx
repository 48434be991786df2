import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { FormProblem } from "~/modules/accounts";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote } from "~/modules/accounts/ui/problem-note";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";

/** Deletes the person's data for good, once its name is typed. */
export function EraseForm({ name, problem }: { name: string; problem?: FormProblem }) {
  const { t } = useTranslation();
  return (
    <Disclosure label={t("contacts.erase.title")} danger open={problem !== undefined || undefined}>
      <Form method="post" className="grid gap-3">
        <p className="text-ink-soft text-sm">{t("contacts.erase.sure")}</p>
        <ProblemNote problem={problem} />
        <TextField label={t("contacts.erase.typeName", { name })} name="typedName" autoComplete="off" />
        <TextField label={t("contacts.erase.reason")} name="reason" maxLength={500} />
        <div>
          <Button type="submit" name="intent" value="erase" variant="danger">
            {t("contacts.erase.submit")}
          </Button>
        </div>
      </Form>
    </Disclosure>
  );
}
