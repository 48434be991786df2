import { memo } from "react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { quoteOf } from "~/modules/realtime/ui/use-quoted";
import { isOwn, type MessageReader, messageDeeds } from "~/modules/tickets";
import { MenuButton } from "~/modules/tickets/ui/deeds/menu-button";
import { useReasonText } from "~/modules/tickets/ui/reason-text";
import type { ThreadEntry } from "~/modules/tickets/ui/thread-entries";
import { StateBadge } from "~/ui/badge";
import { Bubble } from "~/ui/conversation/bubble";
import { ChoiceButtons } from "~/ui/conversation/choice-buttons";
import { DayDivider } from "~/ui/conversation/day-divider";
import { UnreadLine } from "~/ui/conversation/unread-line";
import { Time } from "~/ui/time";
import { EventLineOf, type Names, useActorName } from "./event-line-of";
import { WhyButton } from "./why-button";

type ThreadItemProps = {
  entry: ThreadEntry;
  reader: MessageReader;
  names: Names;
  picked?: string;
  quoted?: Message;
  flash: boolean;
  starred: boolean;
  onQuote: (message: Message) => void;
  onMenu: (anchor: Element, message: Message) => void;
  onReact: (message: Message, emoji: string, on: boolean) => void;
  /** Asks why a bot said this. */
  onWhy: (message: Message) => void;
};

/** One line of the thread. */
export const ThreadItem = memo(function ThreadItem(props: ThreadItemProps) {
  const { entry, names } = props;
  if (entry.kind === "day") return <DayDivider at={entry.at} />;
  if (entry.kind === "unread") return <UnreadLine />;
  if (entry.kind === "event") return <EventLineOf event={entry.event} names={names} />;
  if (entry.kind === "ticket") return <TicketDivider entry={entry} />;
  return <MessageItem {...props} entry={entry} />;
});

function MessageItem(props: ThreadItemProps & { entry: Extract<ThreadEntry, { kind: "message" }> }) {
  const { entry, reader, picked, quoted, flash, starred, onQuote, onMenu, onReact, onWhy } = props;
  const { t } = useTranslation();
  const { message, first, last } = entry;
  const error = message.delivery_error;
  if (message.kind === "system" && message.visibility === "staff") return <SystemNote message={message} />;
  const { deeds, react } = messageDeeds(message, reader);
  return (
    <Bubble
      message={message}
      own={isOwn(message, reader)}
      side={message.author.kind === "contact" ? "start" : "end"}
      first={first}
      last={last}
      late={message.late}
      flash={flash}
      starred={starred}
      readerId={reader.id}
      onReact={react ? (emoji, on) => onReact(message, emoji, on) : undefined}
      actions={
        <>
          {message.author.kind === "bot" && message.author.id && <WhyButton onPress={() => onWhy(message)} />}
          {deeds.length > 0 && <MenuButton message={message} onMenu={onMenu} />}
        </>
      }
      quote={quoteOf(quoted)}
      onQuoteClick={quoted && (() => onQuote(quoted))}
      reason={error && t([`errors.${error.code}`, "ticket.deliveryError"], { text: error.text })}
      choices={message.choices.length > 0 && <ChoiceButtons choices={message.choices} picked={picked} />}
    />
  );
}

/** What the bot learnt, for those who go on from there. */
function SystemNote({ message }: { message: Message }) {
  return (
    <Bubble
      own={false}
      side="end"
      message={{ ...message, kind: "text", author: { kind: "bot", id: null, name: "" } }}
      named={false}
    />
  );
}

/** Where an earlier ticket ended: number, state, who closed it and why. */
function TicketDivider({ entry }: { entry: Extract<ThreadEntry, { kind: "ticket" }> }) {
  const { t } = useTranslation();
  const actorName = useActorName();
  const reasonText = useReasonText();
  const { ticket, closing } = entry;
  return (
    <div className="flex items-center gap-3 px-4 pt-4 pb-2 text-ink-soft text-xs before:h-px before:flex-1 before:bg-line-strong after:h-px after:flex-1 after:bg-line-strong">
      <p className="flex min-w-0 max-w-[80%] flex-wrap items-center justify-center gap-x-1.5 gap-y-1 text-center">
        <span className="font-medium">{t("ticket.number", { number: ticket.number })}</span>
        <StateBadge state={ticket.state} />
        {closing && <span>{t("ticket.closedBy", { name: actorName(closing.actor) })}</span>}
        {ticket.close_reason && <span>· {reasonText(ticket.close_reason)}</span>}
        {ticket.closed_at && <Time at={ticket.closed_at} style="date" className="text-ink-faint" />}
      </p>
    </div>
  );
}
