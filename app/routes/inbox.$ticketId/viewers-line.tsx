import { useTranslation } from "~/i18n/translation";
import { Avatar } from "~/ui/avatar";
import { useDateReader } from "~/ui/time";
import type { Viewer } from "./use-viewers";

const PICTURES = 3;

/** Who else has this ticket open, so that two people do not answer the same customer. */
export function ViewersLine({ viewers }: { viewers: readonly Viewer[] }) {
  const { t } = useTranslation();
  const { locale } = useDateReader();
  const names = new Intl.ListFormat(locale, { type: "conjunction" }).format(viewers.map(({ name }) => name));
  return (
    <span role="status" className="inline-flex min-w-0 items-center gap-1.5 text-ink-soft text-sm">
      {viewers.length > 0 && (
        <>
          <span className="flex -space-x-1.5">
            {viewers.slice(0, PICTURES).map(({ id, name }) => (
              <Avatar key={id} id={id} name={name} size="sm" />
            ))}
          </span>
          <span className="truncate">{t("ticket.viewing", { names, count: viewers.length })}</span>
        </>
      )}
    </span>
  );
}
