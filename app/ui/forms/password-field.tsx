import { type ComponentPropsWithoutRef, useEffect, useState } from "react";
import { useTranslation } from "~/i18n/translation";
import { type FieldProps, FormField } from "./form-field";

type PasswordFieldProps = Omit<ComponentPropsWithoutRef<"input">, "id" | "type"> & FieldProps;

/** A password that can be looked at while it is written (once scripts run; before that there is no button). */
export function PasswordField({ label, hint, error, optional, hideLabel, className, ...input }: PasswordFieldProps) {
  const { t } = useTranslation();
  const [shown, setShown] = useState(false);
  const [live, setLive] = useState(false);
  useEffect(() => setLive(true), []);
  return (
    <FormField {...{ label, hint, error, optional, hideLabel, className }}>
      {(control) => (
        <div className="relative">
          <input
            required={!optional}
            {...control}
            {...input}
            type={shown ? "text" : "password"}
            className="control pr-20"
          />
          {live && (
            <button
              type="button"
              aria-pressed={shown}
              aria-controls={control.id}
              className="absolute inset-y-0 right-0 rounded-sm px-3 text-ink-soft text-sm hover:bg-hover hover:text-ink"
              onClick={() => setShown(!shown)}
            >
              {t(shown ? "ui.hidePassword" : "ui.showPassword")}
            </button>
          )}
        </div>
      )}
    </FormField>
  );
}
