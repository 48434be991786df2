import { createHash } from "node:crypto";
import { Redis } from "ioredis";
import { log } from "../log.server";
import { tally } from "../tally";
import { type LimitRule, memoryRateLimiter, type RateLimiter } from "./rate-limit.server";

/** Longer than any answer should take; whoever signs in waits no longer than this for a Redis that hangs. */
const PATIENCE_MS = 500;

/**
 * One bucket, by Redis's own clock, so that processes need not agree on theirs. ARGV: burst, milliseconds for one token,
 * how many to take (less than 0 puts back), and the level below which nothing is taken. Answers the milliseconds until
 * one more could be taken, 0 when it was (for a debt: when one could be).
 */
const BUCKET = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local burst, refill, want, floor = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'at')
local tokens = burst
if kept[1] then tokens = math.min(burst, kept[1] + math.max(0, now - kept[2]) / refill) end
if floor == 0 and want > tokens then return math.ceil((want - tokens) * refill) end
tokens = math.max(floor, math.min(burst, tokens - want))
if tokens >= burst then
  redis.call('DEL', KEYS[1])
else
  redis.call('HSET', KEYS[1], 'tokens', string.format('%.6f', tokens), 'at', now)
  redis.call('PEXPIRE', KEYS[1], math.ceil((burst - tokens) * refill) + 1000)
end
if floor < 0 and tokens < 1 then return math.ceil((1 - tokens) * refill) end
return 0`;

type Client = Redis & {
  guazuBucket(key: string, burst: number, refillMs: number, want: number, floor: number): Promise<number>;
};

function connect(url: string): Client {
  const client = new Redis(url, {
    retryStrategy: (tries) => Math.min(100 * 2 ** Math.min(tries, 5), 2_000),
    connectTimeout: 5_000,
    commandTimeout: PATIENCE_MS,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
  });
  client.on("error", () => {});
  client.defineCommand("guazuBucket", { numberOfKeys: 1, lua: BUCKET });
  return client as Client;
}

/** Keys tell nobody who tried to sign in. */
const nameOf = (prefix: string, rule: LimitRule, key: string) =>
  `${prefix}${rule.name}:${createHash("sha256").update(key).digest("base64url").slice(0, 22)}`;

/** Says once that the memory of this process has to do, and once that Redis is back. */
function createMood() {
  let away = false;
  return {
    away(error: Error) {
      tally("rate_limit_fallbacks");
      if (!away)
        log.warn({ reason: error.message }, "Redis does not answer about limits: each process counts for itself");
      away = true;
    },
    back() {
      if (away) log.info("Redis answers about limits again");
      away = false;
    },
  };
}

/**
 * Buckets that all processes of one Redis share. While it is away this process's own memory counts: nobody is refused
 * for that, and nobody is let through without limit.
 */
export function redisRateLimiter(
  url: string,
  { prefix = "guazu:limit:", memory = memoryRateLimiter() }: { prefix?: string; memory?: RateLimiter } = {},
): RateLimiter & { stop(): Promise<void> } {
  const client = connect(url);
  const mood = createMood();
  const ask = async <T>(
    [rule, key, want, floor]: [LimitRule, string, number, number],
    asAnswer: (waitMs: number) => T,
    otherwise: () => Promise<T>,
  ): Promise<T> => {
    try {
      const refillMs = rule.refillSeconds * 1000;
      const waitMs = await client.guazuBucket(nameOf(prefix, rule, key), rule.burst, refillMs, want, floor);
      mood.back();
      return asAnswer(waitMs);
    } catch (error) {
      mood.away(error as Error);
      return otherwise();
    }
  };
  return {
    take: (rule, key) =>
      ask(
        [rule, key, 1, 0],
        (waitMs) => (waitMs > 0 ? { allowed: false, retryAfterSeconds: Math.ceil(waitMs / 1000) } : { allowed: true }),
        () => memory.take(rule, key),
      ),
    giveBack: (rule, key) =>
      ask(
        [rule, key, -1, 0],
        () => undefined,
        () => memory.giveBack(rule, key),
      ),
    spend: (rule, key, count) =>
      ask(
        [rule, key, count, -rule.burst],
        (waitMs) => Math.ceil(waitMs / 1000),
        () => memory.spend(rule, key, count),
      ),
    async stop() {
      client.disconnect();
    },
  };
}
