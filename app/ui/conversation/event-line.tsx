import type { ReactNode } from "react";
import { Time } from "../time";

type EventLineProps = { at: string; icon?: ReactNode; children: ReactNode };

/** Something that happened to the conversation or its ticket, or that the system says; thin, between the bubbles. */
export function EventLine({ at, icon, children }: EventLineProps) {
  return (
    <p className="text-balance px-4 py-1.5 text-center text-ink-soft text-xs [&>svg]:me-1.5 [&>svg]:inline [&>svg]:size-3.5 [&>svg]:align-[-0.1875rem]">
      {icon}
      {children} <Time at={at} className="ms-0.5 whitespace-nowrap text-ink-faint tabular-nums" />
    </p>
  );
}
