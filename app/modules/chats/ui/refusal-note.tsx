import { CircleAlert } from "lucide-react";
import { useTranslation } from "react-i18next";

/** Why something about a chat was not done, above its form. */
export function RefusalNote({ code }: { code: string | undefined }) {
  const { t } = useTranslation();
  if (!code) return null;
  return (
    <p role="alert" className="flex gap-2 rounded-sm bg-danger-soft px-3 py-2 text-danger-text">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <span>{t([`errors.${code}`, "errors.unexpected"])}</span>
    </p>
  );
}
