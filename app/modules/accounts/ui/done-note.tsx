import { CircleCheck } from "lucide-react";
import type { ReactNode } from "react";

/** Says that something was done, where it was done. */
export function DoneNote({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="flex gap-2 rounded-sm bg-jungle-soft px-3 py-2 text-jungle-text">
      <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{children}</span>
    </p>
  );
}
