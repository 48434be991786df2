import { Hourglass } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { useNow, WaitingTime } from "~/ui/time";

const MINUTE_MS = 60_000;
const STANDARD_LIMIT = 30;

/** How long the customer has been waiting: amber from half of the area's limit, red from all of it; the colour adds urgency, the figure says it. */
export function WaitingMark({ since, limitMinutes = STANDARD_LIMIT }: { since: string; limitMinutes?: number }) {
  const { t } = useTranslation();
  const waited = useNow() - Date.parse(since);
  const limit = limitMinutes * MINUTE_MS;
  const look = waited >= limit ? "text-danger-text" : waited >= limit / 2 ? "text-amber-text" : "text-ink-soft";
  return (
    <span
      title={t("ticket.waiting")}
      className={`inline-flex shrink-0 items-center gap-1 text-xs tabular-nums ${look} ${waited >= limit / 2 ? "font-medium" : ""}`}
      suppressHydrationWarning
    >
      <Hourglass aria-hidden className="size-3" />
      <span className="sr-only">{t("ticket.waiting")}</span>
      <WaitingTime since={since} />
    </span>
  );
}
