import { Check, CheckCheck, CircleAlert, CircleHelp, Clock } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { Delivery } from "./message-view";

const marks = {
  queued: { Icon: Clock, look: "text-ink-soft", text: "conversation.delivery.queued" },
  sent: { Icon: Check, look: "text-ink-soft", text: "conversation.delivery.sent" },
  delivered: { Icon: CheckCheck, look: "text-ink-soft", text: "conversation.delivery.delivered" },
  read: { Icon: CheckCheck, look: "text-river-text", text: "conversation.delivery.read" },
  failed: { Icon: CircleAlert, look: "text-danger-text", text: "conversation.delivery.failed" },
  unknown: { Icon: CircleHelp, look: "text-ink-soft", text: "conversation.delivery.unknown" },
} satisfies Record<Delivery, { Icon: typeof Check; look: string; text: string }>;

/** How far a message of ours got. */
export function DeliveryMark({ delivery }: { delivery: Delivery }) {
  const { t } = useTranslation();
  const { Icon, look, text } = marks[delivery];
  const name = t(text);
  return (
    <span title={name} className={look}>
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{name}</span>
    </span>
  );
}
