import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";

type SwitchProps = Omit<ComponentPropsWithoutRef<"input">, "type" | "role"> & { label: ReactNode; hint?: ReactNode };

/** Takes effect at once; what waits for Save is a checkbox. A checkbox underneath, so that a plain form can carry it. */
export const Switch = forwardRef<HTMLInputElement, SwitchProps>(function Switch(
  { label, hint, className = "", ...input },
  ref,
) {
  return (
    <label className={`flex min-h-9 items-center gap-3 pointer-coarse:min-h-11 has-disabled:opacity-55 ${className}`}>
      <input
        ref={ref}
        type="checkbox"
        // biome-ignore lint/a11y/useAriaPropsForRole: a checkbox tells its state by itself.
        role="switch"
        className="relative h-5 w-9 shrink-0 appearance-none rounded-full border border-line-strong bg-sunken transition-colors before:absolute before:top-px before:left-px before:size-4 before:rounded-full before:bg-line-strong before:transition-transform checked:border-jungle checked:bg-jungle checked:before:translate-x-4 checked:before:bg-on-fill forced-colors:appearance-auto"
        {...input}
      />
      <span>
        {label}
        {hint && <span className="block text-ink-faint text-sm">{hint}</span>}
      </span>
    </label>
  );
});
