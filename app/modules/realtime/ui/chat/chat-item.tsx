import { memo, type ReactNode } from "react";
import { useTranslation } from "~/i18n/translation";
import { noticeText } from "~/modules/chats/ui/notice-text";
import type { Message } from "~/modules/messaging";
import { isOwn, type MessageReader, messageDeeds } from "~/modules/tickets";
import { MenuButton } from "~/modules/tickets/ui/deeds/menu-button";
import type { ThreadEntry } from "~/modules/tickets/ui/thread-entries";
import { Bubble } from "~/ui/conversation/bubble";
import { DayDivider } from "~/ui/conversation/day-divider";
import { UnreadLine } from "~/ui/conversation/unread-line";
import { quoteOf } from "../use-quoted";
import { TicketCard } from "./ticket-card";

/** Who reads a chat, and as what it shows them. */
export type ChatReader = MessageReader & {
  /** Whether people's pictures and names stand beside what they say. */
  pictures: boolean;
  named: boolean;
  /** How far the other one of a direct chat has read. */
  readSeq: number;
};

type ChatItemProps = {
  entry: ThreadEntry;
  reader: ChatReader;
  quoted?: Message;
  flash: boolean;
  starred: boolean;
  /** What it offers to be picked. */
  choices?: ReactNode;
  onQuote: (message: Message) => void;
  onMenu: (anchor: Element, message: Message) => void;
  onReact: (message: Message, emoji: string, on: boolean) => void;
};

/** One line of a chat. */
export const ChatItem = memo(function ChatItem(props: ChatItemProps) {
  const { entry } = props;
  if (entry.kind === "day") return <DayDivider at={entry.at} />;
  if (entry.kind === "unread") return <UnreadLine />;
  if (entry.kind !== "message") return null;
  return <MessageItem {...props} entry={entry} />;
});

type MessageItemProps = ChatItemProps & { entry: Extract<ThreadEntry, { kind: "message" }> };

/** Nothing is said with the ticket that it shows. */
const isCardAlone = ({ card, text }: Message) => card !== undefined && text === "";

/** Own words stand at the end, with one tick for stored and, in a direct chat, one for read. */
function MessageItem({ entry, reader, quoted, flash, starred, choices, onQuote, onMenu, onReact }: MessageItemProps) {
  const { t, i18n } = useTranslation();
  const { message, first, last } = entry;
  const own = isOwn(message, reader);
  const seen = message.seq <= reader.readSeq ? "read" : "sent";
  const shown = {
    ...message,
    ...(message.notice && { text: noticeText(t, message.notice, i18n.language) }),
    delivery: own ? seen : null,
  } as const;
  const { deeds, react } = messageDeeds(message, reader);
  return (
    <Bubble
      message={shown}
      own={own}
      pictures={reader.pictures}
      named={reader.named}
      first={first}
      last={last}
      flash={flash}
      starred={starred}
      quote={quoted && quoteOf({ ...quoted, ...(isCardAlone(quoted) && { text: t("ticket.card") }) })}
      onQuoteClick={quoted && (() => onQuote(quoted))}
      readerId={reader.id}
      onReact={react ? (emoji, on) => onReact(message, emoji, on) : undefined}
      card={message.card && <TicketCard messageId={message.id} />}
      choices={choices}
      actions={deeds.length > 0 && <MenuButton message={message} onMenu={onMenu} />}
    />
  );
}
