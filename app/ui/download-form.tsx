import { Download } from "lucide-react";
import type { ReactNode } from "react";
import { type ButtonSize, buttonClass } from "./button";

/**
 * A button that fetches a file whose fetching is written down: a form, since a link must change nothing, whoever follows it.
 * The page stays as it is.
 */
export function DownloadForm({ action, size, children }: { action: string; size?: ButtonSize; children: ReactNode }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="intent" value="export" />
      <button type="submit" className={buttonClass("quiet", size)}>
        <Download aria-hidden className="size-4" />
        {children}
      </button>
    </form>
  );
}
