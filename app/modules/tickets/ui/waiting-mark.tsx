import { Hourglass } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import { useNow, WaitingTime } from "~/ui/time";

const AMBER_AFTER_MS = 10 * 60_000;
const RED_AFTER_MS = 60 * 60_000;

/** How long the customer has been waiting; the colour adds urgency, the figure says it. */
export function WaitingMark({ since }: { since: string }) {
  const { t } = useTranslation();
  const waited = useNow() - Date.parse(since);
  const look =
    waited >= RED_AFTER_MS ? "text-danger-text" : waited >= AMBER_AFTER_MS ? "text-amber-text" : "text-ink-soft";
  return (
    <span
      title={t("ticket.waiting")}
      className={`inline-flex shrink-0 items-center gap-1 text-xs tabular-nums ${look} ${waited >= AMBER_AFTER_MS ? "font-medium" : ""}`}
      suppressHydrationWarning
    >
      <Hourglass aria-hidden className="size-3" />
      <span className="sr-only">{t("ticket.waiting")}</span>
      <WaitingTime since={since} />
    </span>
  );
}
