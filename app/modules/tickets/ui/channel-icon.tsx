import { AtSign, Camera, Globe, MessageCircle, MessagesSquare } from "lucide-react";
import { useTranslation } from "~/i18n/translation";
import type { TicketSummary } from "../ticket-view";

type Kind = TicketSummary["channel"]["kind"];

const icons: Record<Kind, typeof Globe> = {
  internal: AtSign,
  web: Globe,
  whatsapp: MessageCircle,
  messenger: MessagesSquare,
  instagram: Camera,
};

export function useChannelName(): (kind: Kind) => string {
  const { t } = useTranslation();
  return (kind) => t(`ticket.channels.${kind}`);
}

/** The door through which the customer writes. */
export function ChannelIcon({ kind }: { kind: Kind }) {
  const name = useChannelName()(kind);
  const Icon = icons[kind];
  return (
    <span title={name} className="shrink-0 text-ink-faint">
      <Icon aria-hidden className="size-3.5" />
      <span className="sr-only">{name}</span>
    </span>
  );
}
