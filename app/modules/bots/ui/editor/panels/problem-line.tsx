import { CircleAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";

/** What is wrong, with how bad it is. */
export function ProblemLine({ severity, children }: { severity: "error" | "warning"; children: ReactNode }) {
  const { t } = useTranslation();
  const isError = severity === "error";
  const Icon = isError ? CircleAlert : TriangleAlert;
  return (
    <span className={`flex gap-2 text-left text-sm ${isError ? "text-danger-text" : "text-amber-text"}`}>
      <Icon aria-hidden className="mt-px size-4 shrink-0" />
      <span className="sr-only">{t(isError ? "bots.editor.error" : "bots.editor.warning")}:</span>
      <span>{children}</span>
    </span>
  );
}
