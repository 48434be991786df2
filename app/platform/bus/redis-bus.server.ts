import { randomBytes } from "node:crypto";
import { Redis, type RedisOptions } from "ioredis";
import type { Bus, BusHandler } from "./bus";
import { createInterest } from "./redis-interest.server";

/** Sixteen characters that say which process published; the rest of a payload is passed through untouched. */
const ORIGIN_LENGTH = 16;
const PING_EVERY_MS = 5_000;
const PING_TIMEOUT_MS = 4_000;
const MAX_RETRY_MS = 1_000;

type BusOptions = { url: string; onFault?: (error: Error) => void; prefix?: string };

const shared: RedisOptions = {
  retryStrategy: (tries) => Math.min(50 * 2 ** Math.min(tries, 6), MAX_RETRY_MS) * (0.5 + Math.random() / 2),
  connectTimeout: 5_000,
  keepAlive: 10_000,
  // Nothing is kept for later: what could not be said at once is dropped, and subscriptions are laid anew by interest.
  enableOfflineQueue: false,
  autoResendUnfulfilledCommands: false,
  autoResubscribe: false,
  maxRetriesPerRequest: 0,
};

/**
 * Redis pub/sub over one connection to publish and one to hear. Outages never throw: what is published meanwhile is
 * dropped and counted, and `onReconnect` follows when all subscriptions are in effect again.
 */
export function createRedisBus({ url, onFault, prefix = "guazu:" }: BusOptions): Bus {
  const origin = randomBytes(ORIGIN_LENGTH / 2).toString("hex");
  const handlers: BusHandler[] = [];
  const count = { published: 0, dropped: 0, received: 0 };
  const publisher = new Redis(url, { ...shared, enableAutoPipelining: true });
  const subscriber = new Redis(url, shared);
  for (const client of [publisher, subscriber]) client.on("error", (error: Error) => onFault?.(error));

  const interest = createInterest(subscriber, prefix);
  subscriber.on("message", (channel: string, raw: string) => {
    if (raw.startsWith(origin)) return;
    count.received++;
    const topic = channel.slice(prefix.length);
    const payload = raw.slice(ORIGIN_LENGTH);
    for (const handler of handlers) handler(topic, payload);
  });
  const stopPings = keepHonest([publisher, subscriber]);

  return {
    publish(topic, payload) {
      if (publisher.status !== "ready") {
        count.dropped++;
        return;
      }
      count.published++;
      publisher.publish(prefix + topic, origin + payload).catch(() => {
        count.published--;
        count.dropped++;
      });
    },
    subscribe: interest.add,
    unsubscribe: interest.remove,
    onMessage: (handler) => void handlers.push(handler),
    onReconnect: interest.onRestored,
    stats: () => ({ connected: publisher.status === "ready" && interest.live(), topics: interest.size(), ...count }),
    async stop() {
      stopPings();
      publisher.disconnect();
      subscriber.disconnect();
    },
  };
}

/** A connection that was cut silently looks alive until the kernel gives up; a ping that is not answered ends it. */
function keepHonest(clients: readonly Redis[]): () => void {
  const late = new Set<NodeJS.Timeout>();
  const ask = (client: Redis) => {
    if (client.status !== "ready") return;
    const timer = setTimeout(() => {
      late.delete(timer);
      client.disconnect(true);
    }, PING_TIMEOUT_MS);
    late.add(timer);
    const answered = () => {
      clearTimeout(timer);
      late.delete(timer);
    };
    client.ping().then(answered, answered);
  };
  const beat = setInterval(() => clients.forEach(ask), PING_EVERY_MS);
  beat.unref();
  return () => {
    clearInterval(beat);
    for (const timer of late) clearTimeout(timer);
  };
}
