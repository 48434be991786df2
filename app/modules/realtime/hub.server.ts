import type { TemplatedApp } from "uWebSockets.js";
import type { Logger } from "pino";
import type { Bus } from "~/platform/bus/bus";
import type { EmittedEvent } from "~/platform/events";
import type { HubDoors } from "./doors";
import type { HubLimits } from "./limits";

export type HubOptions = {
  bus: Bus;
  doors: HubDoors;
  log: Logger;
  /** `https://host[:port]`; null compares `Origin` with the request's own `Host`. */
  publicOrigin: string | null;
  limits?: Partial<HubLimits>;
  /** The client's address behind trusted proxies; the socket's own when absent. */
  clientAddress?: (remote: string, forwardedFor: string) => string;
};

export type HubStats = {
  sockets: number;
  topics: number;
  counters: Readonly<Record<string, number>>;
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

export function createHub(_options: HubOptions): Hub {
  throw new Error("not wired yet");
}
