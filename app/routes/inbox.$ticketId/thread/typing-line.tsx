import { useTranslation } from "~/i18n/translation";
import { useDateReader } from "~/ui/time";

/** Who else is writing now. */
export function TypingLine({ names }: { names: readonly string[] }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const list = new Intl.ListFormat(locale, { type: "conjunction" }).format(names);
  return (
    <p role="status" className="min-h-5 truncate px-4 text-ink-soft text-sm">
      {names.length > 0 && t("ticket.typing", { names: list, count: names.length })}
    </p>
  );
}
