import type { ReactNode } from "react";
import { Time } from "../time";

type EventLineProps = { at: string; icon?: ReactNode; children: ReactNode };

/** Something that happened to the conversation or its ticket, or that the system says; thin, between the bubbles. */
export function EventLine({ at, icon, children }: EventLineProps) {
  return (
    <div className="flex items-baseline justify-center gap-1.5 px-6 py-1.5 text-center text-ink-soft text-xs [&>svg]:size-3.5 [&>svg]:shrink-0 [&>svg]:self-center">
      {icon}
      <p className="min-w-0 text-pretty">{children}</p>
      <Time at={at} className="shrink-0 text-ink-faint tabular-nums" />
    </div>
  );
}
