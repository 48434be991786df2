import type { ReactNode } from "react";

type DisclosureProps = { label: ReactNode; ariaLabel?: string; danger?: boolean; open?: boolean; children: ReactNode };

/** What is not always needed, behind a word; opens without scripts. Also how a dangerous step asks whether one is sure. */
export function Disclosure({ label, ariaLabel, danger = false, open, children }: DisclosureProps) {
  return (
    <details open={open} className="group">
      <summary
        aria-label={ariaLabel}
        className={`inline-flex min-h-7 items-center rounded-sm text-sm underline underline-offset-2 pointer-coarse:min-h-11 pointer-coarse:min-w-11 ${danger ? "text-danger-text" : "text-accent-text"}`}
      >
        {label}
      </summary>
      <div className="pt-3">{children}</div>
    </details>
  );
}
