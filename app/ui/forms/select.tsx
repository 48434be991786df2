import { ChevronDown } from "lucide-react";
import { type ComponentPropsWithoutRef, forwardRef } from "react";
import { type FieldProps, FormField } from "./form-field";

type SelectProps = Omit<ComponentPropsWithoutRef<"select">, "id"> & FieldProps;

/** The platform's own chooser: the best one on a phone, and it works without scripts. Options are the children. */
export const Select = forwardRef<HTMLSelectElement, SelectProps>(function Select(
  { label, hint, error, optional, hideLabel, className, children, ...select },
  ref,
) {
  return (
    <FormField {...{ label, hint, error, optional, hideLabel, className }}>
      {(control) => (
        <div className="relative">
          <select ref={ref} {...control} {...select} className="control appearance-none pr-9">
            {children}
          </select>
          <ChevronDown
            aria-hidden
            className="pointer-events-none absolute inset-y-0 right-2.5 my-auto size-4 text-ink-soft"
          />
        </div>
      )}
    </FormField>
  );
});
