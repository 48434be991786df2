import type { Redis } from "ioredis";

const CHUNK = 500;

/**
 * Keeps a subscriber connection subscribed to the topics wanted, over any number of outages. Changes of one turn of the
 * loop leave as one command, so that a thousand sockets that come at once do not make a thousand.
 */
export function createInterest(subscriber: Redis, prefix: string) {
  const wanted = new Set<string>();
  /** Topics of which the server may not know yet whether they are wanted. */
  const dirty = new Set<string>();
  const restored: (() => void)[] = [];
  let flush: Promise<void> | undefined;
  let live = false;

  /** All commands are written before the first answer is awaited, so that a later change cannot overtake them. */
  const settle = async () => {
    if (subscriber.status !== "ready") return;
    const changed = [...dirty];
    dirty.clear();
    const commands: Promise<unknown>[] = [];
    for (let at = 0; at < changed.length; at += CHUNK) {
      const chunk = changed.slice(at, at + CHUNK);
      const on = chunk.filter((topic) => wanted.has(topic)).map((topic) => prefix + topic);
      const off = chunk.filter((topic) => !wanted.has(topic)).map((topic) => prefix + topic);
      if (on.length > 0) commands.push(subscriber.subscribe(...on));
      if (off.length > 0) commands.push(subscriber.unsubscribe(...off));
    }
    await Promise.all(commands);
  };
  const schedule = (): Promise<void> => {
    flush ??= Promise.resolve().then(() => {
      flush = undefined;
      // A connection that breaks here begins anew with `ready`, which lays all subscriptions again.
      return settle().catch(() => {});
    });
    return flush;
  };

  subscriber.on("ready", async () => {
    const missed = wanted.size > 0;
    for (const topic of wanted) dirty.add(topic);
    await schedule();
    if (subscriber.status !== "ready") return;
    live = true;
    // Whoever wanted something before this moment may have missed it, be it the first connection or the tenth.
    if (missed) for (const handler of restored) handler();
  });
  subscriber.on("close", () => {
    live = false;
    dirty.clear();
  });

  return {
    add(topic: string): Promise<void> {
      wanted.add(topic);
      dirty.add(topic);
      return schedule();
    },
    remove(topic: string): void {
      wanted.delete(topic);
      dirty.add(topic);
      void schedule();
    },
    onRestored: (handler: () => void) => void restored.push(handler),
    live: () => live,
    size: () => wanted.size,
  };
}
