import { Form } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import { Disclosure } from "~/modules/accounts/ui/disclosure";
import { ProblemNote, useFieldProblem } from "~/modules/accounts/ui/problem-note";
import { useFormAnswer } from "~/modules/accounts/ui/use-form-answer";
import type { CustomField } from "~/modules/contacts";
import { Badge } from "~/ui/badge";
import { Button } from "~/ui/button";
import { MoveButtons } from "~/ui/forms/move-buttons";
import { TextField } from "~/ui/forms/text-field";

type FieldRowProps = { field: CustomField; first: boolean; last: boolean };

/** A field with its place, and what can be done with it. */
export function FieldRow({ field, first, last }: FieldRowProps) {
  const { t } = useTranslation();
  const { problemOf } = useFormAnswer();
  const row = { fieldId: field.id };
  const problem = ["up", "down", "archive", "restore"].map((intent) => problemOf(intent, row)).find(Boolean);
  return (
    <li className="grid gap-2 border-line border-b py-3 last:border-b-0">
      <ProblemNote problem={problem} />
      <Form method="post" className="flex flex-wrap items-center gap-2" preventScrollReset>
        <input type="hidden" name="fieldId" value={field.id} />
        <span className="min-w-0 flex-1">
          <bdi className="wrap-anywhere block font-medium">{field.label}</bdi>
          <span className="block text-ink-soft text-sm">{t(`admin.fields.kinds.${field.kind}`)}</span>
        </span>
        {field.archived && <Badge>{t("admin.areas.archivedBadge")}</Badge>}
        <FieldButtons field={field} first={first} last={last} />
      </Form>
      <EditField field={field} />
    </li>
  );
}

function FieldButtons({ field, first, last }: FieldRowProps) {
  const { t } = useTranslation();
  const { isBusy } = useFormAnswer();
  const row = { fieldId: field.id };
  const name = field.label;
  if (field.archived) {
    return (
      <Button type="submit" size="sm" name="intent" value="restore" busy={isBusy("restore", row)}>
        {t("admin.fields.restore")}
      </Button>
    );
  }
  return (
    <>
      <MoveButtons
        first={first}
        last={last}
        up={t("admin.fields.up", { name })}
        down={t("admin.fields.down", { name })}
      />
      <Button type="submit" size="sm" name="intent" value="archive" busy={isBusy("archive", row)}>
        {t("admin.fields.archive")}
      </Button>
    </>
  );
}

function EditField({ field }: { field: CustomField }) {
  const { t } = useTranslation();
  const { problemOf, valuesOf, isBusy } = useFormAnswer();
  const row = { fieldId: field.id };
  const problem = problemOf("change", row);
  const values = valuesOf("change", row);
  const errorOf = useFieldProblem(problem);
  const name = field.label;
  return (
    <Disclosure
      label={t("admin.fields.edit")}
      ariaLabel={t("admin.fields.editOf", { name })}
      open={problem !== undefined}
    >
      <Form method="post" noValidate className="grid max-w-md gap-4 rounded-sm bg-sunken p-4" preventScrollReset>
        <ProblemNote problem={problem} fields={["label", "options"]} />
        <input type="hidden" name="fieldId" value={field.id} />
        <TextField
          label={t("admin.fields.label")}
          name="label"
          autoComplete="off"
          maxLength={60}
          defaultValue={values?.label ?? name}
          error={errorOf("label")}
        />
        {field.kind === "choice" ? (
          <TextField
            label={t("admin.fields.options")}
            name="options"
            autoComplete="off"
            defaultValue={values?.options ?? field.options.join(", ")}
            error={errorOf("options")}
          />
        ) : (
          <input type="hidden" name="options" value="" />
        )}
        <div>
          <Button type="submit" name="intent" value="change" busy={isBusy("change", row)}>
            {t("ui.save")}
          </Button>
        </div>
      </Form>
    </Disclosure>
  );
}
