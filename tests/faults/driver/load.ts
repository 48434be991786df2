import type { Crowd } from "./crowd";

const TICK_MS = 10;
/** About as long as people's messages are. */
const PADDING = "y te cuento lo demás cuando llegues, ".repeat(3);

export type Load = {
  /** Makes no further message. */
  stop(): void;
  made(): number;
};

/** So many seconds of messages may wait for answers: a busy machine gets fewer messages, not a heap of them. */
const SECONDS_WAITING = 5;

/** Writes at a steady rate, whatever is answered: each turn belongs to the next person, in the next of their chats. */
export function startLoad({ peers, journal, canary }: Crowd, perSecond: number): Load {
  const from = performance.now();
  let made = 0;
  let due = 0;
  const timer = setInterval(() => {
    const now = Math.floor(((performance.now() - from) / 1000) * perSecond);
    for (; due < now; due++) {
      if (journal.waiting() >= SECONDS_WAITING * perSecond) continue;
      const peer = peers[made % peers.length];
      const chats = peer?.conversations ?? [];
      const conversation = chats[Math.floor(made / peers.length) % chats.length];
      made++;
      if (peer && conversation) void journal.write(peer, conversation, `${made} ${canary} ${PADDING}`);
    }
  }, TICK_MS);
  return { stop: () => clearInterval(timer), made: () => made };
}
