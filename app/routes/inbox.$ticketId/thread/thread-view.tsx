import { useMemo, useState } from "react";
import type { Message } from "~/modules/messaging";
import { pickedChoices } from "~/modules/messaging/ui/picked-choices";
import type { QueuedMessage } from "~/modules/realtime/ui/outbox/queued-message";
import { pendingLines } from "~/modules/realtime/ui/pending-bubble";
import { ThreadFrame } from "~/modules/realtime/ui/thread-frame";
import { useThreadLines } from "~/modules/realtime/ui/use-thread-lines";
import type { MessageReader } from "~/modules/tickets";
import type { MessageDeeds } from "~/modules/tickets/ui/deeds/use-message-deeds";
import { useMessageMenu } from "~/modules/tickets/ui/deeds/use-message-menu";
import { useThreadEntries } from "~/modules/tickets/ui/use-thread-entries";
import { useDateReader } from "~/ui/time";
import type { Names } from "./event-line-of";
import { ThreadItem } from "./thread-item";
import type { useTicketThread } from "./use-ticket-thread";

type Live = ReturnType<typeof useTicketThread>;

type ThreadViewProps = {
  live: Live;
  reader: MessageReader;
  names: Names;
  pending: readonly QueuedMessage[];
  /** The last message that has been on screen. */
  onSeen: (seq: number) => void;
  /** The message to begin at, in place of the end. */
  startAt?: number;
  /** The message to go to now, and the how many times one was asked for. */
  goTo?: { seq: number; turn: number };
  deeds: MessageDeeds;
  onWhy: (message: Message) => void;
};

/** The conversation: all of its tickets in one scroll, the newest at the bottom and in sight. */
export function ThreadView({ live, reader, names, pending, onSeen, startAt, goTo, deeds, onWhy }: ThreadViewProps) {
  const { timeZone } = useDateReader();
  const { messages, more, tickets, events } = live;
  const { id: memberId } = reader;
  const [unreadAfter] = useState(live.read_seq);
  const entries = useThreadEntries({ messages, more, tickets, events, unreadAfter, memberId, timeZone });
  const picked = useMemo(() => pickedChoices(messages), [messages]);
  const { scroll, blocks, quoted, onQuote } = useThreadLines({
    live,
    entries,
    pending: pending.length,
    onSeen,
    startAt,
    goTo,
  });
  const { menu, onMenu } = useMessageMenu(reader, live.starred, deeds);

  const lines = entries.map((entry) => (
    <ThreadItem
      key={entry.key}
      entry={entry}
      reader={reader}
      names={names}
      picked={entry.kind === "message" ? picked.get(entry.message.id) : undefined}
      quoted={entry.kind === "message" ? quoted.get(entry.message.reply_to ?? "") : undefined}
      starred={entry.kind === "message" && live.starred.includes(entry.message.id)}
      flash={entry.kind === "message" && entry.message.seq === scroll.target}
      onQuote={onQuote}
      onMenu={onMenu}
      onReact={deeds.react}
      onWhy={onWhy}
    />
  ));
  return (
    <>
      <ThreadFrame scroll={scroll} blocks={blocks} lines={lines} pending={pendingLines(pending, live, quoted)} />
      {menu}
    </>
  );
}
