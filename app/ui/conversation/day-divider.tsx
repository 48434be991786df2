import { useTranslation } from "~/i18n/translation";
import { daysAgo } from "../format/format-dates";
import { Time, useDateReader, useNow } from "../time";

/** Between two days of a conversation. */
export function DayDivider({ at }: { at: string }) {
  const { t } = useTranslation();
  const { timeZone } = useDateReader();
  const days = daysAgo(Date.parse(at), useNow(), timeZone);
  return (
    <div className="flex items-center gap-3 px-4 pt-4 pb-2 text-ink-soft text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
      <span suppressHydrationWarning className="first-letter:uppercase">
        {days === 0 ? t("ui.time.today") : days === 1 ? t("ui.time.yesterday") : <Time at={at} style="day" />}
      </span>
    </div>
  );
}
