import { type ReactNode, useState } from "react";
import type { Message } from "~/modules/messaging";
import type { Thread } from "~/modules/tickets/index.server";
import type { MessageDeeds } from "~/modules/tickets/ui/deeds/use-message-deeds";
import { useMessageMenu } from "~/modules/tickets/ui/deeds/use-message-menu";
import { useThreadEntries } from "~/modules/tickets/ui/use-thread-entries";
import { useDateReader } from "~/ui/time";
import { pendingLines } from "../pending-bubble";
import { ThreadFrame } from "../thread-frame";
import type { useThread } from "../use-thread";
import { useThreadLines } from "../use-thread-lines";
import { ChatItem, type ChatReader } from "./chat-item";

type ChatThreadProps = {
  /** What it is called where another conversation stands beside it. */
  label?: string;
  live: ReturnType<typeof useThread<Thread>>;
  reader: ChatReader;
  /** The message to begin at, in place of the end. */
  startAt?: number;
  /** The message to go to now, and the how many times one was asked for. */
  goTo?: { seq: number; turn: number };
  deeds: MessageDeeds;
  /** What a message offers to be picked. */
  choicesOf?: (message: Message) => ReactNode;
};

const NONE: readonly never[] = [];

/** The messages of a chat as one who takes part in it sees them, and what can be done with each. */
export function ChatThread({ label, live, reader, startAt, goTo, deeds, choicesOf }: ChatThreadProps) {
  const { timeZone } = useDateReader();
  const { messages, more, pending } = live;
  const [unreadAfter] = useState(live.read_seq);
  const parts = { messages, more, tickets: NONE, events: NONE, unreadAfter, memberId: reader.id, timeZone };
  const entries = useThreadEntries(parts);
  const { scroll, blocks, quoted, onQuote } = useThreadLines({ live, entries, pending: pending.length, startAt, goTo });
  const { menu, onMenu } = useMessageMenu(reader, live.starred, deeds);

  const lines = entries.map((entry) => (
    <ChatItem
      key={entry.key}
      entry={entry}
      reader={reader}
      quoted={entry.kind === "message" ? quoted.get(entry.message.reply_to ?? "") : undefined}
      starred={entry.kind === "message" && live.starred.includes(entry.message.id)}
      flash={entry.kind === "message" && entry.message.seq === scroll.target}
      onQuote={onQuote}
      choices={entry.kind === "message" && choicesOf?.(entry.message)}
      onMenu={onMenu}
      onReact={deeds.react}
    />
  ));
  return (
    <>
      <ThreadFrame
        label={label}
        scroll={scroll}
        blocks={blocks}
        lines={lines}
        pending={pendingLines(pending, live, quoted)}
      />
      {menu}
    </>
  );
}
