import type { Bus } from "~/platform/bus/bus";
import type { Rev } from "../protocol";
import type { HubSocket } from "../sockets/hub-socket.server";

const SEEN_CURSORS = 1024;

/** One of the server's topics that a socket of this process hears. */
export type Topic = {
  /** Alone most of the time, and a set costs as much as all the rest. */
  sockets: HubSocket | Set<HubSocket>;
  /** The bus's subscription while it is not in effect yet. */
  ready: Promise<void> | null;
  /** At which tick it came to be heard for sure, or the right to hear it was last put in doubt; meaningless until ready. */
  settledAt: number;
  /** The highest number delivered here; null where none is known or the topic is a list. */
  head: number | null;
  /** The last cursors delivered here, for lists. */
  seen: Set<string> | null;
};

let ticks = 0;
/** A clock that only tells what came first; small whole numbers take no memory of their own, and each topic keeps one. */
export const tick = (): number => ++ticks;

/** Who hears what in this process, and which topics the bus must bring. */
export function createTopicIndex(bus: Bus) {
  const topics = new Map<string, Topic>();

  const open = (name: string, socket: HubSocket): Topic => {
    const topic: Topic = { sockets: socket, ready: null, settledAt: 0, head: null, seen: null };
    topic.ready = bus.subscribe(name).then(() => {
      topic.ready = null;
      topic.settledAt = tick();
    });
    topics.set(name, topic);
    return topic;
  };

  return {
    get: (name: string): Topic | undefined => topics.get(name),
    size: () => topics.size,

    /** Returns what to wait for before the topic is heard for sure, or null when it is already. */
    add(name: string, socket: HubSocket): Promise<void> | null {
      const topic = topics.get(name);
      if (!topic) return open(name, socket).ready;
      if (topic.sockets instanceof Set) topic.sockets.add(socket);
      else if (topic.sockets !== socket) topic.sockets = new Set([topic.sockets, socket]);
      return topic.ready;
    },

    remove(name: string, socket: HubSocket): void {
      const topic = topics.get(name);
      if (!topic) return;
      if (topic.sockets instanceof Set) {
        topic.sockets.delete(socket);
        if (topic.sockets.size > 0) return;
      } else if (topic.sockets !== socket) return;
      topics.delete(name);
      bus.unsubscribe(name);
    },

    /** A copy, since what is done to a socket may close it. */
    socketsOf(name: string): HubSocket[] {
      const topic = topics.get(name);
      if (!topic) return [];
      return topic.sockets instanceof Set ? [...topic.sockets] : [topic.sockets];
    },
  };
}

export type TopicIndex = ReturnType<typeof createTopicIndex>;

/** Notes that something with this number reached the topic's sockets. */
export function noteDelivered(topic: Topic, rev: Rev | undefined): void {
  if (rev === undefined) return;
  if (typeof rev === "number") {
    if (topic.head === null || rev > topic.head) topic.head = rev;
    return;
  }
  topic.seen ??= new Set();
  topic.seen.add(rev);
  if (topic.seen.size <= SEEN_CURSORS) return;
  for (const oldest of topic.seen) {
    topic.seen.delete(oldest);
    break;
  }
}

/** Whether a change of this number has not reached the topic's sockets. */
export function isBehind(topic: Topic, rev: Rev): boolean {
  return typeof rev === "number" ? (topic.head ?? 0) < rev : !topic.seen?.has(rev);
}
