import type { MessageWithLinks } from "~/modules/tickets/index.server";
import { MessageText } from "~/ui/conversation/message-text";
import { Time } from "~/ui/time";

/** The messages that name addresses, in their own words. */
export function LinkRows({ messages }: { messages: readonly MessageWithLinks[] }) {
  return (
    <ul className="max-w-3xl divide-y divide-line px-4">
      {messages.map((message) => (
        <li key={message.id} className="py-2.5">
          <p dir="auto" className="line-clamp-4 whitespace-pre-wrap [overflow-wrap:anywhere]">
            <MessageText text={message.text} />
          </p>
          <p className="mt-0.5 text-ink-soft text-xs">
            <bdi>{message.author.name}</bdi> · <Time at={message.sent_at} style="date" />
          </p>
        </li>
      ))}
    </ul>
  );
}
