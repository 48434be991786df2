import { useMemo, useState } from "react";
import { pickedChoices } from "~/modules/messaging/ui/picked-choices";
import type { QueuedMessage } from "~/modules/realtime/ui/outbox/queued-message";
import { PendingBubble } from "~/modules/realtime/ui/pending-bubble";
import { ThreadFrame } from "~/modules/realtime/ui/thread-frame";
import { useThreadLines } from "~/modules/realtime/ui/use-thread-lines";
import { threadEntries } from "~/modules/tickets/ui/thread-entries";
import { useDateReader } from "~/ui/time";
import type { Names } from "./event-line-of";
import { ThreadItem } from "./thread-item";
import type { useTicketThread } from "./use-ticket-thread";

type Live = ReturnType<typeof useTicketThread>;

type ThreadViewProps = {
  live: Live;
  memberId: string;
  names: Names;
  pending: readonly QueuedMessage[];
  /** The last message that has been on screen. */
  onSeen: (seq: number) => void;
};

/** The conversation: all of its tickets in one scroll, the newest at the bottom and in sight. */
export function ThreadView({ live, memberId, names, pending, onSeen }: ThreadViewProps) {
  const { timeZone } = useDateReader();
  const { messages, more, tickets, events } = live;
  const [unreadAfter] = useState(live.read_seq);
  const entries = useMemo(
    () => threadEntries({ messages, more, tickets, events, unreadAfter, memberId, timeZone }),
    [messages, more, tickets, events, unreadAfter, memberId, timeZone],
  );
  const picked = useMemo(() => pickedChoices(messages), [messages]);
  const { scroll, quoted, onQuote } = useThreadLines({ live, entries, pending: pending.length, onSeen });

  const lines = [
    ...entries.map((entry) => (
      <ThreadItem
        key={entry.key}
        entry={entry}
        memberId={memberId}
        names={names}
        picked={entry.kind === "message" ? picked.get(entry.message.id) : undefined}
        quoted={entry.kind === "message" ? quoted.get(entry.message.reply_to ?? "") : undefined}
        onQuote={onQuote}
      />
    )),
    ...pending.map((message) => (
      <PendingBubble
        key={message.client_id}
        message={message}
        onRetry={live.retry}
        onDiscard={live.discard}
        onSupply={live.supply}
      />
    )),
  ];
  return <ThreadFrame scroll={scroll} lines={lines} />;
}
