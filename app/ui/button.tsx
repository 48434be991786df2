import { type ComponentPropsWithoutRef, forwardRef, type MouseEvent, type ReactNode } from "react";
import { Spinner } from "./state/spinner";

export type ButtonVariant = "primary" | "quiet" | "plain" | "danger";
export type ButtonSize = "md" | "sm";

const looks: Record<ButtonVariant, string> = {
  primary: "border-transparent bg-accent text-on-fill hover:bg-accent-strong",
  quiet: "border-line-mid bg-surface text-ink hover:bg-hover",
  plain: "border-transparent text-ink-soft hover:bg-hover hover:text-ink",
  danger: "border-transparent bg-danger text-on-fill hover:bg-danger-strong",
};

const sizes: Record<ButtonSize, string> = {
  md: "min-h-9 px-3.5 text-base pointer-coarse:min-h-11",
  sm: "min-h-7 px-2.5 text-sm pointer-coarse:min-h-11",
};

/** The classes of a button, for a link that must look like one. */
export function buttonClass(variant: ButtonVariant = "quiet", size: ButtonSize = "md", extra = ""): string {
  return `inline-flex select-none items-center justify-center gap-2 rounded-sm border py-1 text-center font-medium transition-colors disabled:cursor-not-allowed disabled:opacity-55 aria-disabled:cursor-progress ${looks[variant]} ${sizes[size]} ${extra}`;
}

type ButtonProps = ComponentPropsWithoutRef<"button"> & {
  variant?: ButtonVariant;
  size?: ButtonSize;
  icon?: ReactNode;
  /** Work is under way: shows it, keeps the focus, and swallows further clicks. */
  busy?: boolean;
};

export const Button = forwardRef<HTMLButtonElement, ButtonProps>(function Button(
  { variant = "quiet", size = "md", icon, busy = false, className = "", onClick, children, ...rest },
  ref,
) {
  const press = (event: MouseEvent<HTMLButtonElement>) => {
    if (busy) event.preventDefault();
    else onClick?.(event);
  };
  return (
    <button
      ref={ref}
      type="button"
      className={buttonClass(variant, size, className)}
      aria-busy={busy || undefined}
      aria-disabled={busy || undefined}
      onClick={press}
      {...rest}
    >
      {busy ? <Spinner className="size-4" /> : icon}
      {children}
    </button>
  );
});
