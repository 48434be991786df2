import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { Button } from "~/ui/button";
import { TextField } from "~/ui/forms/text-field";

/** Deletes the person's data for good, once its name is typed. */
export function EraseForm({ name }: { name: string }) {
  const { t } = useTranslation();
  return (
    <Disclosure label={t("contacts.erase.title")} danger>
      <Form method="post" className="grid gap-3">
        <p className="text-ink-soft text-sm">{t("contacts.erase.sure")}</p>
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
