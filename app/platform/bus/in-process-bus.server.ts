import type { Bus, BusHandler } from "./bus";

type Member = { topics: Set<string>; handlers: BusHandler[] };

/** A medium within one process. One bus on it is what a lone process uses; tests put several hubs on one. */
export function createExchange(): { connect(): Bus } {
  const members = new Set<Member>();
  return { connect: () => connect(members) };
}

/** The bus of a process that has no siblings: nobody else hears, and nothing needs to be kept. */
export function createInProcessBus(): Bus {
  let topics = 0;
  let published = 0;
  return {
    publish: () => void published++,
    async subscribe() {
      topics++;
    },
    unsubscribe: () => void topics--,
    onMessage() {},
    onReconnect() {},
    stats: () => ({ connected: true, topics, published, dropped: 0, received: 0 }),
    async stop() {},
  };
}

function connect(members: Set<Member>): Bus {
  const self: Member = { topics: new Set(), handlers: [] };
  const count = { published: 0, received: 0 };
  members.add(self);
  const hear = (member: Member, topic: string, payload: string) => {
    if (!members.has(member) || !member.topics.has(topic)) return;
    for (const handler of member.handlers) handler(topic, payload);
  };
  return {
    publish(topic, payload) {
      count.published++;
      for (const member of members) {
        if (member === self || !member.topics.has(topic)) continue;
        // Never within the publisher's call, as with a real medium.
        queueMicrotask(() => hear(member, topic, payload));
      }
    },
    async subscribe(topic) {
      self.topics.add(topic);
    },
    unsubscribe: (topic) => void self.topics.delete(topic),
    onMessage(handler) {
      self.handlers.push((topic, payload) => {
        count.received++;
        handler(topic, payload);
      });
    },
    onReconnect() {},
    stats: () => ({ connected: true, topics: self.topics.size, dropped: 0, ...count }),
    async stop() {
      members.delete(self);
    },
  };
}
