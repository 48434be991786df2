import { randomUUID } from "node:crypto";
import { HubRefusal } from "~/modules/realtime/client/outgoing";
import type { Peer } from "./peers/hub-peer";

/** One message as its sender saw it; times in milliseconds of `performance.now()`. */
export type Entry = {
  ref: string;
  conversation: string;
  at: number;
  /** The server that its sender was at. */
  via: string;
  answered?: { at: number; id: string; seq: number; dedup: boolean };
  /** What the person would have been shown. */
  refused?: string;
};

/** What was meant to be sent, what was acknowledged, what was refused: kept by the senders, not by the product. */
export function createJournal() {
  const entries: Entry[] = [];
  const open = new Set<Promise<void>>();

  /** Notes the intent, says it, and notes the answer. Resolves when there is one. */
  const write = async (peer: Peer, conversation: string, text: string, ref: string = randomUUID()): Promise<Entry> => {
    const entry: Entry = { ref, conversation, at: performance.now(), via: peer.at() };
    entries.push(entry);
    try {
      const { message, dedup } = await peer.send(conversation, text, ref);
      entry.answered = { at: performance.now(), id: message.id, seq: message.seq, dedup: dedup === true };
    } catch (error) {
      if (!(error instanceof HubRefusal) || error.code !== "ended") entry.refused = String(error);
    }
    return entry;
  };
  return {
    entries,
    write(peer: Peer, conversation: string, text: string, ref?: string): Promise<Entry> {
      const writing = write(peer, conversation, text, ref);
      const done = writing.then(() => void open.delete(done));
      open.add(done);
      return writing;
    },
    waiting: () => open.size,
  };
}

export type Journal = ReturnType<typeof createJournal>;

/** The longest time in which nothing was acknowledged, in seconds, from a moment on. */
export function longestSilence(entries: readonly Entry[], from: number): number {
  const times = entries.flatMap(({ answered }) => (answered && answered.at >= from ? [answered.at] : []));
  times.sort((a, b) => a - b);
  return Math.max(0, ...times.map((at, place) => at - (times[place - 1] ?? from))) / 1000;
}
