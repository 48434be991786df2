import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from "lucide-react";
import { useTranslation } from "react-i18next";
import type { Delivery } from "./message-view";

const marks = {
  queued: { Icon: Clock, look: "text-ink-soft" },
  sent: { Icon: Check, look: "text-ink-soft" },
  delivered: { Icon: CheckCheck, look: "text-ink-soft" },
  read: { Icon: CheckCheck, look: "text-river-text" },
  failed: { Icon: CircleAlert, look: "text-danger-text" },
  unknown: { Icon: CircleHelp, look: "text-ink-soft" },
} satisfies Record<Delivery, { Icon: typeof Check; look: string }>;

/** How far a message of ours got. */
export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { Icon, look } = marks[delivery];
  const names: Record<Delivery, string> = {
    queued: t("conversation.delivery.queued"),
    sent: t("conversation.delivery.sent"),
    delivered: t("conversation.delivery.delivered"),
    read: t("conversation.delivery.read"),
    failed: t("conversation.delivery.failed"),
    unknown: t("conversation.delivery.unknown"),
  };
  return (
    <span title={names[delivery]} className={look}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{names[delivery]}</span>
    </span>
  );
}
