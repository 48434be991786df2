import type { AccountKey, IgnoredEvent, IgnoredReason, InboundBatch, InboundEvent } from "../inbound-event";

/** Leaves an event out, with the reason. */
export function ignored(account: AccountKey, reason: IgnoredReason, key: string, detail?: string): IgnoredEvent {
  return { type: "ignored", account, key: `ignored:${reason}:${key}`, reason, ...(detail ? { detail } : {}) };
}

const nameOf = (account: AccountKey) => `${account.kind}:${account.id}`;

/**
 * Gathers the events of one delivery by account, in order. One that fails to be read is left out alone, and the second
 * of two with the same key is a duplicate.
 */
export function eventBatches() {
  const batches = new Map<string, InboundBatch>();
  const seen = new Set<string>();

  function add(event: InboundEvent) {
    const name = nameOf(event.account);
    const batch = batches.get(name) ?? { accountKey: event.account, events: [] };
    batches.set(name, batch);
    const isRepeat = event.type !== "ignored" && seen.has(`${name} ${event.key}`);
    seen.add(`${name} ${event.key}`);
    batch.events.push(isRepeat ? ignored(event.account, "duplicate", event.key) : event);
  }

  return {
    /** Reads one event; whatever goes wrong in it stays in it. */
    read(account: AccountKey, parse: () => InboundEvent) {
      try {
        add(parse());
      } catch (error) {
        add(ignored(account, "malformed", "event", error instanceof Error ? error.message : undefined));
      }
    },
    all: () => [...batches.values()],
  };
}
