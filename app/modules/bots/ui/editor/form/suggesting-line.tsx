import { useId } from "react";
import { useTranslation } from "~/i18n/translation";
import { CLOSING_REASONS } from "~/modules/tickets";
import { TextField } from "~/ui/forms/text-field";
import { useDraft, useEditor } from "../state/editor-context";
import type { Suggests } from "./form-fields";
import { variablesOf } from "./variables";

type SuggestingLineProps = {
  of: Suggests;
  label: string;
  hint?: string;
  error?: string;
  optional?: boolean;
  hideLabel?: boolean;
  value: string;
  onChange(value: string): void;
};

/** A line that may be written or chosen. */
export function SuggestingLine({ of, value, onChange, ...field }: SuggestingLineProps) {
  const id = useId();
  const { t } = useTranslation();
  const { things } = useEditor();
  const draft = useDraft();
  const variables = variablesOf(draft);
  const suggested: Record<Suggests, readonly string[]> = {
    tag: things.tags,
    path: variables,
    variable: variables.flatMap((path) => (path.startsWith("flow.") ? [path.slice("flow.".length)] : [])),
    reason: things.reasons ?? CLOSING_REASONS.map((reason) => t(`ticket.close.reasons.${reason}`)),
    secret: [],
  };
  return (
    <>
      <TextField
        {...field}
        list={id}
        autoComplete="off"
        spellCheck={of === "tag" || of === "reason"}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <datalist id={id}>
        {suggested[of].map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
    </>
  );
}
