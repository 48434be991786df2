import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";

type CheckboxProps = Omit<ComponentPropsWithoutRef<"input">, "type"> & { label: ReactNode; hint?: ReactNode };

export const Checkbox = forwardRef<HTMLInputElement, CheckboxProps>(function Checkbox(
  { label, hint, className = "", ...input },
  ref,
) {
  return (
    <label
      className={`flex min-h-9 items-start gap-2.5 py-2 pointer-coarse:min-h-11 pointer-coarse:py-3 has-disabled:opacity-55 ${className}`}
    >
      <input ref={ref} type="checkbox" className="mt-0.5 size-4 shrink-0 accent-accent" {...input} />
      <span>
        {label}
        {hint && <span className="block text-ink-faint text-sm">{hint}</span>}
      </span>
    </label>
  );
});
