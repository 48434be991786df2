import { Link } from "@remix-run/react";
import type { ReactNode } from "react";

/** A way that looks as an icon does what `IconButton` does; `label` says where it leads. */
export const IconLink = ({ to, label, icon }: { to: string; label: string; icon: ReactNode }) => (
  <Link
    to={to}
    aria-label={label}
    title={label}
    className="touch-target inline-flex size-9 shrink-0 items-center justify-center rounded-sm text-ink-soft hover:bg-hover hover:text-ink [&_svg]:size-[1.125rem]"
  >
    {icon}
  </Link>
);
