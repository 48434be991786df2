export type { Bus } from "./bus";
export { checkRedis } from "./check-redis.server";
export { createExchange, createInProcessBus } from "./in-process-bus.server";
export { createRedisBus } from "./redis-bus.server";
