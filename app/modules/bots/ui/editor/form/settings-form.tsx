import { useMemo } from "react";
import { useTranslation } from "~/i18n/translation";
import { FocusOnError } from "~/ui/forms/form-field";
import { isRecord, type JsonSchema } from "../../../editing/complete-settings";
import type { EditorProblem } from "../state/problems";
import { FieldControl } from "./field-control";
import { type Form, FormProvider, isWrongWithin } from "./form-context";
import { type Field, fieldsOfUse, isRare } from "./form-fields";
import { type Path, setAt } from "./value-at";

type SettingsFormProps = {
  /** Whose words the fields have. */
  of: string;
  fields: readonly Field[];
  root: JsonSchema;
  /** The step whose settings these are. */
  node?: string;
  value: unknown;
  problems: readonly EditorProblem[];
  at: Path | null;
  /** `field` names what was written into, so that typing is one step. */
  onChange(value: unknown, field: string): void;
};

/** A form drawn from a schema alone: what nearly nobody changes stands behind "more". */
export function SettingsForm({ of, fields, root, node, value, problems, at, onChange }: SettingsFormProps) {
  const { t } = useTranslation();
  const form = useMemo(
    (): Form => ({
      of,
      root,
      node,
      problems,
      at,
      change: (path, to) => onChange(setAt(value, path, to), path.join(".")),
    }),
    [of, root, node, problems, at, value, onChange],
  );
  const record = isRecord(value) ? value : {};
  const isSet = (field: Field) => {
    const now = record[field.name];
    return now !== undefined && now !== null && JSON.stringify(now) !== JSON.stringify(field.fresh);
  };
  const used = fieldsOfUse(fields, record, (name) => isWrongWithin(form, [name]));
  const main = used.filter((field) => !isRare(field));
  const rare = used.filter(isRare);
  const draw = (field: Field) => (
    <FieldControl key={field.name} field={field} value={record[field.name]} path={[field.name]} />
  );
  const open = rare.some((field) => isSet(field) || isWrongWithin(form, [field.name]) || at?.[0] === field.name);
  return (
    <FormProvider value={form}>
      <FocusOnError.Provider value={false}>
        <div className="grid gap-4">
          {main.map(draw)}
          {rare.length > 0 && main.length > 0 && (
            <details open={open} className="group">
              <summary className="touch-target inline-flex items-center rounded-sm text-ink-soft text-sm hover:text-ink">
                {t("bots.editor.more")}
              </summary>
              <div className="grid gap-4 pt-3">{rare.map(draw)}</div>
            </details>
          )}
          {main.length === 0 && rare.map(draw)}
        </div>
      </FocusOnError.Provider>
    </FormProvider>
  );
}
