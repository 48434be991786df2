import { conversationOf, type Rev } from "../protocol";

type Held = { holders: number; rev: Rev | undefined; seen: number; asking: boolean; tries: number };

type RevsOptions = {
  /** Fetches and applies what changed after the number; resolves with the number reached. */
  onGap: (conversationId: string, afterRev: number) => Promise<number>;
  onResync: (topic: string) => void;
};

const RETRY_MS = 1_000;
const MAX_RETRY_MS = 30_000;

/** How far each topic has come on this screen, and what to fetch when numbers jump. */
export function createRevs({ onGap, onResync }: RevsOptions) {
  const topics = new Map<string, Held>();

  /** One question at a time per conversation; asked again while there is something newer, later when it failed. */
  const catchUp = (topic: string, held: Held) => {
    const id = conversationOf(topic);
    if (id === null || held.asking || typeof held.rev !== "number" || held.rev >= held.seen) return;
    held.asking = true;
    const again = () => {
      held.asking = false;
      if (topics.get(topic) === held) catchUp(topic, held);
    };
    const later = () => setTimeout(again, Math.min(RETRY_MS * 2 ** held.tries++, MAX_RETRY_MS));
    onGap(id, held.rev).then((reached) => {
      if (typeof held.rev !== "number" || reached <= held.rev) return void later();
      held.rev = reached;
      held.tries = 0;
      again();
    }, later);
  };
  /** Somebody says that the topic stands at this number. */
  const stands = (topic: string, rev: Rev) => {
    const held = topics.get(topic);
    if (!held) return;
    if (held.rev === undefined) held.rev = rev;
    else if (typeof rev === "string") {
      if (held.rev !== rev) onResync(topic);
      held.rev = rev;
    }
    if (typeof rev !== "number") return;
    held.seen = Math.max(held.seen, rev);
    catchUp(topic, held);
  };

  return {
    stands,
    /** What a second holder loaded may be older than what the first has come to: the older counts. */
    hold(topic: string, rev: Rev | undefined): void {
      const held = topics.get(topic) ?? { holders: 0, rev, seen: 0, asking: false, tries: 0 };
      held.holders++;
      if (typeof rev === "number" && typeof held.rev === "number") held.rev = Math.min(rev, held.rev);
      topics.set(topic, held);
    },
    /** True when that was the last holder. */
    release(topic: string): boolean {
      const held = topics.get(topic);
      if (!held || --held.holders > 0) return false;
      return topics.delete(topic);
    },
    drop: (topic: string) => void topics.delete(topic),
    topics: () => [...topics.keys()],
    /** Notes an event's number. False when it was applied already. */
    advance(topic: string, rev: Rev | undefined): boolean {
      const held = topics.get(topic);
      if (!held || rev === undefined) return true;
      if (typeof rev === "string" || typeof held.rev !== "number") {
        held.rev = rev;
        return true;
      }
      if (rev <= held.rev) return false;
      if (rev === held.rev + 1) held.rev = rev;
      stands(topic, rev);
      return true;
    },
    /** For `hello`. */
    resume(): Record<string, number> {
      const conversations: Record<string, number> = {};
      for (const [topic, { rev }] of topics) {
        const id = conversationOf(topic);
        if (id !== null && typeof rev === "number") conversations[id] = rev;
      }
      return conversations;
    },
  };
}
