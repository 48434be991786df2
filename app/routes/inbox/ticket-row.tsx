import { Link } from "@remix-run/react";
import { Bot, CornerUpLeft, Heart, Lock, Smartphone } from "lucide-react";
import { memo, type ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import type { TicketSummary } from "~/modules/tickets";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { WaitingMark } from "~/modules/tickets/ui/waiting-mark";
import { Avatar } from "~/ui/avatar";
import { AreaBadge, StateBadge } from "~/ui/badge";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { DraftWords } from "~/ui/conversation/later/draft-words";
import { When } from "~/ui/time";

type TicketRowProps = {
  ticket: TicketSummary;
  to: string;
  open: boolean;
  unread: boolean;
  draft?: string;
  /** Opens it to stay. */
  onKeep: (ticket: TicketSummary) => void;
};

/** A ticket in the list: who, what was said last, how it stands, and for how long somebody has been waiting. */
export const TicketRow = memo(function TicketRow({ ticket, to, open, unread, draft, onKeep }: TicketRowProps) {
  const { t } = useTranslation();
  const { contact, assignee } = ticket;
  return (
    <Link
      to={to}
      prefetch="intent"
      data-ticket={ticket.id}
      onDoubleClick={() => onKeep(ticket)}
      aria-current={open ? "true" : undefined}
      className="relative grid grid-cols-1 gap-1 border-line border-b py-2.5 ps-5 pe-4 outline-offset-[-2px] hover:bg-hover aria-[current]:bg-accent-soft"
    >
      {unread && (
        <span className="absolute start-1.5 top-4 size-2 rounded-full bg-accent">
          <span className="sr-only">{t("inbox.unread")}</span>
        </span>
      )}
      <span className="flex items-center gap-1.5">
        <ChannelIcon kind={ticket.channel.kind} />
        <bdi className={`min-w-0 flex-1 truncate ${unread ? "font-semibold" : "font-medium"}`}>{contact.name}</bdi>
        <When at={ticket.last_activity_at} className="shrink-0 text-ink-soft text-xs" />
      </span>
      <LastLine ticket={ticket} strong={unread} draft={draft} />
      <span className="flex items-center gap-1.5">
        <StateBadge state={ticket.state} />
        <AreaBadge name={ticket.area.name} />
        <span className="text-ink-faint text-xs tabular-nums">#{ticket.number}</span>
        <span className="flex-1" />
        {ticket.waiting_on === "agent" && ticket.waiting_since && <WaitingMark since={ticket.waiting_since} />}
        {assignee && (
          <span title={assignee.name}>
            <Avatar id={assignee.id} name={assignee.name} size="sm" />
            <span className="sr-only">{t("ticket.assignedTo", { name: assignee.name })}</span>
          </span>
        )}
      </span>
    </Link>
  );
});

function LastLine({ ticket, strong, draft }: { ticket: TicketSummary; strong: boolean; draft?: string }) {
  const { t } = useTranslation();
  const last = ticket.last_message;
  const marks: Record<string, { icon: ReactNode; label: string }> = {
    member: { icon: <CornerUpLeft aria-hidden />, label: t("inbox.author.member") },
    account: { icon: <CornerUpLeft aria-hidden />, label: t("inbox.author.member") },
    bot: { icon: <Bot aria-hidden />, label: t("inbox.author.bot") },
    device: { icon: <Smartphone aria-hidden />, label: t("inbox.author.device") },
    system: { icon: <Lock aria-hidden />, label: t("inbox.author.note") },
  };
  const mark = !draft && last && marks[last.visibility === "staff" ? "system" : last.author_kind];
  return (
    <span className="flex min-h-5 items-center gap-1 text-ink-soft [&_svg]:size-3.5 [&_svg]:shrink-0">
      {mark && (
        <span title={mark.label}>
          {mark.icon}
          <span className="sr-only">{mark.label}</span>
        </span>
      )}
      {ticket.thanked && <Heart aria-hidden />}
      <span dir="auto" className={`min-w-0 flex-1 truncate ${strong ? "text-ink" : ""}`}>
        {draft ? <DraftWords text={draft} /> : last ? wordsOf(t, last.text, last.file) || t("inbox.noText") : ""}
      </span>
    </span>
  );
}
