import { Link } from "@remix-run/react";
import { Bot, CornerUpLeft, Heart, Lock, Smartphone } from "lucide-react";
import { memo, type ReactNode, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import type { TicketSummary } from "~/modules/tickets";
import { ChannelIcon } from "~/modules/tickets/ui/channel-icon";
import { WaitingMark } from "~/modules/tickets/ui/waiting-mark";
import { Avatar } from "~/ui/avatar";
import { AreaBadge, Badge, StateBadge } from "~/ui/badge";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { DraftWords } from "~/ui/conversation/later/draft-words";
import { When } from "~/ui/time";

import { useLongPress } from "./bulk/use-long-press";

type TicketRowProps = {
  ticket: TicketSummary;
  to: string;
  open: boolean;
  unread: boolean;
  draft?: string;
  /** After so many minutes a wait is too long in its area. */
  limitMinutes?: number;
  marked: boolean;
  /** Some row is marked: then a touch marks, instead of opening. */
  marking: boolean;
  onMark: (id: string, range?: boolean) => void;
  /** Opens it to stay. */
  onKeep: (ticket: TicketSummary) => void;
};

/** A ticket in the list: who, what was said last, how it stands, and for how long somebody has been waiting. */
export const TicketRow = memo(function TicketRow(props: TicketRowProps) {
  const { t } = useTranslation();
  const { ticket, to, open, unread, draft, limitMinutes, marked, marking, onMark, onKeep } = props;
  const { contact, assignee } = ticket;
  const press = useLongPress(() => onMark(ticket.id));
  const touched = useRef(false);
  return (
    <div className="group relative">
      <Link
        to={to}
        prefetch="intent"
        data-ticket={ticket.id}
        onDoubleClick={() => onKeep(ticket)}
        {...press.handlers}
        onPointerDown={(event) => {
          touched.current = event.pointerType === "touch";
          press.handlers.onPointerDown(event);
        }}
        onContextMenu={(event) => touched.current && event.preventDefault()}
        onClick={(event) => {
          if (press.wasHeld()) event.preventDefault();
          else if ((marking && touched.current) || event.shiftKey) {
            event.preventDefault();
            onMark(ticket.id, event.shiftKey);
          }
        }}
        aria-current={open ? "true" : undefined}
        className="relative grid grid-cols-1 gap-1 border-line border-b py-2.5 ps-5 pe-4 outline-offset-[-2px] hover:bg-hover aria-[current]:bg-accent-soft [-webkit-touch-callout:none]"
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
          <StateBadge state={ticket.snoozed_until ? "snoozed" : ticket.state} />
          <AreaBadge name={ticket.area.name} />
          <span className="text-ink-faint text-xs tabular-nums">#{ticket.number}</span>
          <PriorityMark priority={ticket.priority} />
          <span className="flex min-w-0 flex-1 gap-1 overflow-hidden">
            {ticket.tags.slice(0, TAGS_SHOWN).map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </span>
          {ticket.waiting_on === "agent" && ticket.waiting_since && (
            <WaitingMark since={ticket.waiting_since} limitMinutes={limitMinutes} />
          )}
          {assignee && (
            <span title={assignee.name}>
              <Avatar id={assignee.id} name={assignee.name} size="sm" />
              <span className="sr-only">{t("ticket.assignedTo", { name: assignee.name })}</span>
            </span>
          )}
        </span>
      </Link>
      <input
        type="checkbox"
        aria-label={t("inbox.bulk.mark", { name: contact.name, number: ticket.number })}
        checked={marked}
        onClick={(event) => onMark(ticket.id, event.shiftKey)}
        onChange={() => {}}
        className={`absolute start-0.5 bottom-3 size-4 accent-accent ${marking ? "" : "opacity-0 focus-visible:opacity-100 group-hover:opacity-100"} pointer-coarse:pointer-events-none`}
      />
    </div>
  );
});

const TAGS_SHOWN = 2;

function PriorityMark({ priority }: { priority: TicketSummary["priority"] }) {
  const { t } = useTranslation();
  if (priority === "normal") return null;
  const tone = priority === "urgent" ? "danger" : priority === "high" ? "amber" : "neutral";
  return <Badge tone={tone}>{t(`inbox.priority.${priority}`)}</Badge>;
}

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
