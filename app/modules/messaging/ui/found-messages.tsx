import { Link } from "@remix-run/react";
import { useTranslation } from "~/i18n/translation";
import type { Message } from "~/modules/messaging";
import { Avatar } from "~/ui/avatar";
import { wordsOf } from "~/ui/conversation/attachments/file-words";
import { Highlight } from "~/ui/conversation/search/highlight";
import { withoutMarks } from "~/ui/conversation/styles/find-styles";
import { When } from "~/ui/time";

export type FoundMessage = {
  message: Message;
  /** The name of its conversation, and where its place is shown. */
  title: string;
  pictureOf: string;
  to: string;
};

/** Messages of whatever conversations, each a way to its place; `asked` is marked in them. */
export function FoundMessages({ found, asked = "" }: { found: readonly FoundMessage[]; asked?: string }) {
  const { t } = useTranslation();
  return (
    <ul>
      {found.map(({ message, title, pictureOf, to }) => (
        <li key={message.id}>
          <Link to={to} className="flex min-h-16 items-center gap-3 px-4 py-2 hover:bg-hover">
            <Avatar id={pictureOf} name={title} />
            <span className="min-w-0 flex-1">
              <span className="flex items-baseline gap-2">
                <bdi className="min-w-0 flex-1 truncate font-medium">{title}</bdi>
                <When at={message.created_at} className="text-ink-soft text-xs" />
              </span>
              <span dir="auto" className="line-clamp-2 text-ink-soft text-sm [overflow-wrap:anywhere]">
                <bdi>{message.author.name}</bdi>:{" "}
                {message.text ? (
                  <Highlight text={withoutMarks(message.text)} asked={asked} short />
                ) : (
                  wordsOf(t, message.text, message.attachments[0])
                )}
              </span>
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
