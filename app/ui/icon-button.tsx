import { type ComponentPropsWithoutRef, forwardRef, type ReactNode } from "react";

type IconButtonProps = Omit<ComponentPropsWithoutRef<"button">, "aria-label"> & {
  /** What it does, for those who cannot see the icon; also its tip under the pointer. */
  label: string;
  icon: ReactNode;
  /** For a button that stays pressed. */
  pressed?: boolean;
};

export const IconButton = forwardRef<HTMLButtonElement, IconButtonProps>(function IconButton(
  { label, icon, pressed, className = "", ...rest },
  ref,
) {
  return (
    <button
      ref={ref}
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={pressed}
      className={`touch-target inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-ink-soft transition-colors hover:bg-hover hover:text-ink disabled:cursor-not-allowed disabled:opacity-55 aria-pressed:bg-accent-soft aria-pressed:text-accent-text [&_svg]:size-[1.125rem] ${className}`}
      {...rest}
    >
      {icon}
    </button>
  );
});
