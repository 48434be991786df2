import type { ReactNode } from "react";

/** A list without rows: what belongs here, and what to do next. */
export function EmptyState(props: { icon: ReactNode; title: ReactNode; text?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center">
      <span aria-hidden className="mb-1 text-ink-faint [&_svg]:size-7 [&_svg]:stroke-[1.5]">
        {props.icon}
      </span>
      <p className="wrap-anywhere font-semibold text-md">{props.title}</p>
      {props.text && <p className="max-w-80 text-pretty text-ink-soft">{props.text}</p>}
      {props.action && <div className="mt-3">{props.action}</div>}
    </div>
  );
}
