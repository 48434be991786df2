export type { Bus } from "./bus";
export { createExchange, createInProcessBus } from "./in-process-bus.server";
export { createRedisBus } from "./redis-bus.server";
