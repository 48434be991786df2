import { useTranslation } from "~/i18n/translation";
import { Select } from "~/ui/forms/select";
import { TextField } from "~/ui/forms/text-field";
import type { CustomField } from "../fields/field-values";

const INPUTS = { text: "text", number: "text", date: "date" } as const;

type FieldControlProps = { field: CustomField; value: unknown; error?: string };

/** A field that the organisation added, as its kind is filled in; `field:` and its key name it in the form. */
export function FieldControl({ field, value, error }: FieldControlProps) {
  const { t } = useTranslation();
  const name = `field:${field.key}`;
  const written = value === undefined || value === null ? "" : String(value);
  if (field.kind === "choice" || field.kind === "yes_no") {
    const options =
      field.kind === "choice"
        ? field.options.map((one) => [one, one] as const)
        : ([
            ["true", t("contacts.yes")],
            ["false", t("contacts.no")],
          ] as const);
    return (
      <Select label={field.label} error={error} name={name} optional defaultValue={written}>
        <option value="">–</option>
        {options.map(([one, label]) => (
          <option key={one} value={one}>
            {label}
          </option>
        ))}
      </Select>
    );
  }
  return (
    <TextField
      label={field.label}
      error={error}
      name={name}
      type={INPUTS[field.kind]}
      maxLength={500}
      optional
      defaultValue={written}
    />
  );
}
