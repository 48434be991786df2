import { type ReactNode, useId } from "react";

type SectionProps = { id?: string; title: ReactNode; lead?: ReactNode; children: ReactNode };

/** One subject of a settings page: its name and purpose, then what can be set. */
export function Section({ id, title, lead, children }: SectionProps) {
  const headingId = useId();
  return (
    <section
      id={id}
      aria-labelledby={headingId}
      className="grid scroll-mt-4 grid-cols-1 gap-4 border-line border-b py-7 last:border-b-0"
    >
      <div>
        <h2 id={headingId} className="font-semibold text-md">
          {title}
        </h2>
        {lead && <p className="mt-1 max-w-[40rem] text-pretty text-ink-soft">{lead}</p>}
      </div>
      {children}
    </section>
  );
}
