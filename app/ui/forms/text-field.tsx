import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";
import { type FieldProps, FormField } from "./form-field";

type TextFieldProps = Omit<ComponentPropsWithoutRef<"input">, "id"> &
  FieldProps & {
    /** What stands in one line with the field: the button that it is for. */
    end?: ReactNode;
  };

export const TextField = forwardRef<HTMLInputElement, TextFieldProps>(function TextField(
  { label, hint, error, optional, hideLabel, className, end, ...input },
  ref,
) {
  return (
    <FormField {...{ label, hint, error, optional, hideLabel, className }}>
      {(control) => (
        <div className="flex items-center gap-2">
          <input ref={ref} required={!optional} {...control} {...input} className="control min-w-0 flex-1" />
          {end}
        </div>
      )}
    </FormField>
  );
});
