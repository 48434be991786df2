import type { TemplatedApp } from "uWebSockets.js";
import type { Logger } from "pino";
import type { Bus } from "~/platform/bus/bus";
import type { EmittedEvent } from "~/platform/events";
import { newId } from "~/platform/ids";
import type { RateLimiter } from "~/platform/limits/rate-limit.server";
import type { HubDoors } from "./doors";
import { DEFAULT_LIMITS, type HubLimits } from "./limits";
import { createAdmission } from "./sockets/admission.server";
import { drainSockets } from "./sockets/drain.server";
import { createEntrance } from "./sockets/entrance.server";
import { createFrameDesk } from "./sockets/frame-desk.server";
import { createFrameDoors } from "./sockets/frame-doors.server";
import { createHandshake } from "./sockets/handshake.server";
import type { HubSocket } from "./sockets/hub-socket.server";
import { socketBehaviour } from "./sockets/socket-behaviour.server";
import { createCounters } from "./topics/counters";
import { createDelivery, type HeardElsewhere } from "./topics/delivery.server";
import { createHealing } from "./topics/healing.server";
import { createHeartbeat } from "./topics/heartbeat.server";
import { createMembership } from "./topics/membership.server";
import { createOnline } from "./topics/online.server";
import { createOutlet } from "./topics/outlet.server";
import { createPresence } from "./topics/presence.server";
import { createRights } from "./topics/rights.server";
import { createTopicIndex } from "./topics/topic-index.server";

export type HubOptions = {
  bus: Bus;
  doors: HubDoors;
  log: Logger;
  /** `https://host[:port]`; null compares `Origin` with the request's own `Host`. */
  publicOrigin: string | null;
  limits?: Partial<HubLimits>;
  /** Counts an account's messages together with the other processes. */
  rateLimiter?: RateLimiter | undefined;
  /** The client's address behind trusted proxies; the socket's own when absent. */
  clientAddress?: (remote: string, forwardedFor: string) => string;
  heardElsewhere?: HeardElsewhere | undefined;
};

export type HubStats = {
  sockets: number;
  topics: number;
  bus: ReturnType<Bus["stats"]>;
  counters: Record<string, number>;
};

export type Hub = {
  /** Adds `/hub` to the server. A process without sockets (SERVICES=worker) leaves it out and only delivers. */
  register(app: TemplatedApp): void;
  /** The listener for `~/platform/events`. */
  deliver(events: readonly EmittedEvent[]): void;
  /** Refuses new sockets, lets frames in flight be answered, and closes all with 4002, spread over 5 s. */
  drain(): Promise<void>;
  stats(): HubStats;
};

/** Puts the hub's parts together. Opens nothing: timers run only while there are sockets. */
export function createHub(options: HubOptions): Hub {
  const { bus, doors, log, publicOrigin, clientAddress } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const now = () => performance.now();
  const sockets = new Set<HubSocket>();
  const counters = createCounters();
  const index = createTopicIndex(bus);
  const outlet = createOutlet();
  let draining = false;

  // Parts that need one another meet through these; they are called only once all stand.
  const recheck = (topic: string) => rights.recheck(topic);
  const watching = () => healing.watching();
  const hearPresence = (topic: string, body: string) => presence.hear(topic, body);
  const hearOnline = (topic: string, body: string) => online.hear(topic, body);
  const hearOnlineAsk = (beacon: string) => online.hearAsk(beacon);
  const touch = (topic: string) => {
    presence.touch(topic);
    online.touch(topic);
  };
  const { lossyBufferedBytes, topicsPerSocket } = limits;
  const delivery = createDelivery({
    bus,
    index,
    outlet,
    counters,
    lossyBufferedBytes,
    recheck,
    hearPresence,
    hearOnline,
    hearOnlineAsk,
    heardElsewhere: options.heardElsewhere,
  });
  const process = newId();
  const presence = createPresence({ doors, index, outlet, say: delivery.say, limits, process, now });
  const online = createOnline({ doors, index, outlet, say: delivery.say, limits, log, process, now });
  const membership = createMembership({ doors, index, topicsPerSocket, watching, touch });
  const rights = createRights({ doors, index, membership, sockets, counters, log });
  const healing = createHealing({ doors, index, outlet, delivery, counters, log, recheck });
  const desk = createFrameDesk({
    doors: createFrameDoors({ doors, membership, delivery }),
    limits,
    counters,
    log,
    now,
    rateLimiter: options.rateLimiter,
  });
  const admission = createAdmission(limits, now);
  const heartbeat = createHeartbeat({
    sockets,
    index,
    healing,
    rights,
    presence,
    online,
    desk,
    limits,
    counters,
    log,
    now,
  });
  const entrance = createEntrance((socket) => {
    sockets.add(socket);
    online.come(socket);
    void membership.holdPersonal(socket).then(() => rights.greet(socket));
    heartbeat.start();
  });
  const handshake = createHandshake({
    doors,
    admission,
    entrance,
    limits,
    counters,
    log,
    publicOrigin,
    clientAddress,
    now,
    draining: () => draining,
  });
  bus.onReconnect(() => void heartbeat.afterOutage());

  return {
    register(app) {
      outlet.attach(app);
      const parts = { sockets, membership, online, admission, entrance, desk, heartbeat, limits, counters, handshake };
      app.ws<HubSocket>("/hub", socketBehaviour(parts));
      entrance.build(app);
    },
    deliver: delivery.deliver,
    async drain() {
      draining = true;
      presence.stop();
      await drainSockets(sockets, limits.drainSpreadMs);
      await online.stop();
      outlet.flush();
      heartbeat.stop();
      rights.stop();
    },
    stats: () => ({ sockets: sockets.size, topics: index.size(), bus: bus.stats(), counters: counters.read() }),
  };
}
