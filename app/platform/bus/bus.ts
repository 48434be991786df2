export type BusHandler = (topic: string, payload: string) => void;

/**
 * Carries strings between processes, at most once and by interest: a process hears only topics that it subscribed to,
 * and never what it published itself. Whatever is lost on the way must be healed from the database.
 */
export type Bus = {
  /** Never throws and never waits; during an outage what is published is dropped and counted. */
  publish(topic: string, payload: string): void;
  /** Resolves when the subscription is in effect, or during an outage at once: `onReconnect` follows then. Never rejects. */
  subscribe(topic: string): Promise<void>;
  unsubscribe(topic: string): void;
  onMessage(handler: BusHandler): void;
  /** Called after an outage, once all subscriptions are in effect again. */
  onReconnect(handler: () => void): void;
  stats(): { connected: boolean; topics: number; published: number; dropped: number; received: number };
  stop(): Promise<void>;
};
