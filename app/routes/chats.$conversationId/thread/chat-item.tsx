import { EllipsisVertical } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { noticeText } from "~/modules/chats/ui/notice-text";
import type { Message } from "~/modules/messaging";
import type { ThreadEntry } from "~/modules/tickets/ui/thread-entries";
import { Bubble } from "~/ui/conversation/bubble";
import { DayDivider } from "~/ui/conversation/day-divider";
import { UnreadLine } from "~/ui/conversation/unread-line";
import { IconButton } from "~/ui/icon-button";

/** Who reads a chat. */
export type ChatReader = {
  accountId: string;
  /** Whether it must be said who speaks. */
  group: boolean;
  /** How far the other one of a direct chat has read. */
  readSeq: number;
  /** Whether anything can be written here now. */
  open: boolean;
  /** Whether the reader says what stands at the head. */
  pins: boolean;
};

type ChatItemProps = {
  entry: ThreadEntry;
  reader: ChatReader;
  quoted?: Message;
  flash: boolean;
  starred: boolean;
  onQuote: (message: Message) => void;
  onMenu: (anchor: Element, message: Message) => void;
  onReact: (message: Message, emoji: string, on: boolean) => void;
};

export const isOwn = ({ author }: Pick<Message, "author">, { accountId }: ChatReader): boolean =>
  author.kind === "account" && author.id === accountId;

export const quoteOf = (message: Message | undefined) =>
  message && { id: message.id, name: message.author.name, text: message.text, file: message.attachments[0] };

/** One line of a chat. */
export const ChatItem = memo(function ChatItem(props: ChatItemProps) {
  const { entry } = props;
  if (entry.kind === "day") return <DayDivider at={entry.at} />;
  if (entry.kind === "unread") return <UnreadLine />;
  if (entry.kind !== "message") return null;
  return <MessageItem {...props} entry={entry} />;
});

type MessageItemProps = ChatItemProps & { entry: Extract<ThreadEntry, { kind: "message" }> };

/** Own words stand at the end, with one tick for stored and, in a direct chat, one for read. */
function MessageItem({ entry, reader, quoted, flash, starred, onQuote, onMenu, onReact }: MessageItemProps) {
  const { t, i18n } = useTranslation();
  const { message, first, last } = entry;
  const own = isOwn(message, reader);
  const seen = !reader.group && message.seq <= reader.readSeq ? "read" : "sent";
  const shown = {
    ...message,
    ...(message.notice && { text: noticeText(t, message.notice, i18n.language) }),
    delivery: own ? seen : null,
  } as const;
  const live = message.kind !== "system" && !message.deleted_at;
  return (
    <Bubble
      message={shown}
      own={own}
      pictures={reader.group}
      named={reader.group}
      first={first}
      last={last}
      flash={flash}
      starred={starred}
      quote={quoteOf(quoted)}
      onQuoteClick={quoted && (() => onQuote(quoted))}
      readerId={reader.accountId}
      onReact={live && reader.open ? (emoji, on) => onReact(message, emoji, on) : undefined}
      actions={
        live && (
          <IconButton
            label={t("thread.actions")}
            icon={<EllipsisVertical aria-hidden />}
            onClick={(event) => onMenu(event.currentTarget, message)}
            className="self-center opacity-0 focus-visible:opacity-100 group-focus-within/message:opacity-100 group-hover/message:opacity-100 pointer-coarse:opacity-45"
          />
        )
      }
    />
  );
}
