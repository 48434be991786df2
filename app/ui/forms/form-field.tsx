import { CircleAlert } from "lucide-react";
import { createContext, type ReactNode, useContext, useEffect, useId } from "react";
import { useTranslation } from "~/i18n/translation";

export type FieldProps = {
  label: ReactNode;
  /** Said under the field before anything went wrong. */
  hint?: ReactNode;
  /** What is wrong and how to mend it, already translated. */
  error?: ReactNode;
  /** Marks the field as one that may stay empty; all others are required. */
  optional?: boolean;
  /** For a field whose purpose the place makes plain; the label stays for those who listen. */
  hideLabel?: boolean;
};

/** Whether a field that is refused takes the focus: not where problems are told while people write elsewhere. */
export const FocusOnError = createContext(true);

type ControlProps = { id: string; "aria-describedby": string | undefined; "aria-invalid": true | undefined };

/** Label, hint and error around a control of any kind, tied together for those who listen. */
export function FormField(props: FieldProps & { className?: string; children: (control: ControlProps) => ReactNode }) {
  const { label, hint, error, optional, hideLabel, className = "", children } = props;
  const { t } = useTranslation();
  const id = useId();
  // Who cannot see the message must land where it is.
  const takesFocus = useContext(FocusOnError);
  useEffect(() => {
    if (error && takesFocus) document.getElementById(id)?.focus();
  }, [error, id, takesFocus]);
  const described = [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ");
  return (
    <div className={`grid content-start gap-1.5 ${className}`}>
      <label htmlFor={id} className={hideLabel ? "sr-only" : "font-medium text-sm"}>
        {label}
        {optional && <span className="ml-1.5 font-normal text-ink-faint">({t("ui.optional")})</span>}
      </label>
      {children({ id, "aria-describedby": described || undefined, "aria-invalid": error ? true : undefined })}
      {error && (
        <p id={`${id}-error`} className="flex gap-1.5 text-danger-text text-sm">
          <CircleAlert aria-hidden className="mt-px size-4 shrink-0" />
          <span>{error}</span>
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} className="text-ink-faint text-sm">
          {hint}
        </p>
      )}
    </div>
  );
}
