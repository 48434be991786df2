import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { type FieldProps, FormField } from "./form-field";

type TextFieldProps = Omit<ComponentPropsWithoutRef<"input">, "id"> & FieldProps;

export const TextField = forwardRef<HTMLInputElement, TextFieldProps>(function TextField(
  { label, hint, error, optional, hideLabel, className, ...input },
  ref,
) {
  return (
    <FormField {...{ label, hint, error, optional, hideLabel, className }}>
      {(control) => <input ref={ref} required={!optional} {...control} {...input} className="control" />}
    </FormField>
  );
});
