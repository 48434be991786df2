import { type ComponentPropsWithoutRef, useRef } from "react";
import { useAutoGrow } from "./auto-grow";
import { type FieldProps, FormField } from "./form-field";

type TextAreaProps = Omit<ComponentPropsWithoutRef<"textarea">, "id"> & FieldProps;

/** Several lines; grows with the text up to half the screen. `rows` is the least. */
export function TextArea({ label, hint, error, optional, hideLabel, className, rows = 3, ...area }: TextAreaProps) {
  const ref = useRef<HTMLTextAreaElement>(null);
  useAutoGrow(ref, typeof area.value === "string" ? area.value : undefined);
  return (
    <FormField {...{ label, hint, error, optional, hideLabel, className }}>
      {(control) => (
        <textarea
          ref={ref}
          required={!optional}
          rows={rows}
          {...control}
          {...area}
          className="control field-sizing-content max-h-[50dvh] min-h-20 resize-none"
        />
      )}
    </FormField>
  );
}
