import { isLoopback } from "../http/client-address.server";

/** How often something may happen for one key: `burst` at once, and one more every `refillSeconds`. */
export type LimitRule = { readonly name: string; readonly burst: number; readonly refillSeconds: number };

export type LimitAnswer = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterSeconds: number };

/** Token buckets. Nothing is locked for ever: an empty bucket fills again by itself. */
export type RateLimiter = {
  /** Takes one token of the key's bucket, if there is one. */
  take(rule: LimitRule, key: string): Promise<LimitAnswer>;
  /** Puts one back: what was taken in advance turned out not to count. */
  giveBack(rule: LimitRule, key: string): Promise<void>;
  /**
   * Takes what was already spent, down to a bucket's worth of debt.
   * @returns seconds until there is one to take again, 0 when there is
   */
  spend(rule: LimitRule, key: string, count: number): Promise<number>;
};

type Bucket = { tokens: number; at: number; rule: LimitRule };

/** Beyond this many keys the full buckets, then the oldest, are forgotten, so that an attacker cannot fill the memory. */
const MAX_BUCKETS = 100_000;

function level(bucket: Bucket, nowMs: number): number {
  const refilled = (nowMs - bucket.at) / 1000 / bucket.rule.refillSeconds;
  return Math.min(bucket.rule.burst, bucket.tokens + Math.max(0, refilled));
}

function forgetSome(buckets: Map<string, Bucket>, nowMs: number): void {
  for (const [key, bucket] of buckets) {
    if (level(bucket, nowMs) >= bucket.rule.burst) buckets.delete(key);
  }
  for (const key of buckets.keys()) {
    if (buckets.size <= MAX_BUCKETS / 2) break;
    buckets.delete(key);
  }
}

/** Buckets in this process's memory. `clock` answers milliseconds and only moves forward. */
export function memoryRateLimiter(clock: () => number = () => performance.now()): RateLimiter {
  const buckets = new Map<string, Bucket>();
  const put = (name: string, bucket: Bucket) => {
    // Deleting first keeps the map in the order of last use.
    buckets.delete(name);
    if (level(bucket, bucket.at) >= bucket.rule.burst) return;
    if (buckets.size >= MAX_BUCKETS) forgetSome(buckets, bucket.at);
    buckets.set(name, bucket);
  };
  const current = (rule: LimitRule, name: string, now: number) => {
    const bucket = buckets.get(name);
    return bucket ? level({ ...bucket, rule }, now) : rule.burst;
  };
  return {
    async take(rule, key) {
      const name = `${rule.name} ${key}`;
      const now = clock();
      const tokens = current(rule, name, now);
      if (tokens < 1) return { allowed: false, retryAfterSeconds: Math.ceil((1 - tokens) * rule.refillSeconds) };
      put(name, { tokens: tokens - 1, at: now, rule });
      return { allowed: true };
    },
    async giveBack(rule, key) {
      const name = `${rule.name} ${key}`;
      const now = clock();
      put(name, { tokens: Math.min(rule.burst, current(rule, name, now) + 1), at: now, rule });
    },
    async spend(rule, key, count) {
      const name = `${rule.name} ${key}`;
      const now = clock();
      const tokens = Math.max(-rule.burst, current(rule, name, now) - count);
      put(name, { tokens, at: now, rule });
      return tokens >= 1 ? 0 : Math.ceil((1 - tokens) * rule.refillSeconds);
    },
  };
}

export type Charge = readonly [rule: LimitRule, key: string];

/** Takes one token for each charge, or none at all; the answer waits for the slowest bucket that refused. */
export async function takeAll(limiter: RateLimiter, charges: readonly Charge[]): Promise<LimitAnswer> {
  const answers = await Promise.all(charges.map(([rule, key]) => limiter.take(rule, key)));
  const waits = answers.flatMap((answer) => (answer.allowed ? [] : [answer.retryAfterSeconds]));
  if (waits.length === 0) return { allowed: true };
  await Promise.all(charges.map(([rule, key], i) => (answers[i]?.allowed ? limiter.giveBack(rule, key) : undefined)));
  return { allowed: false, retryAfterSeconds: Math.max(...waits) };
}

/**
 * Under which key an address is counted whose people all count together: none for this machine itself, for as such come
 * all who come through a proxy beside us that nobody told us to trust.
 */
export const sharedAddressKeys = (address: string): string[] => (isLoopback(address) ? [] : [addressKey(address)]);

/**
 * The part of a client's address that one customer of a network provider holds: an IPv4 address whole, of an IPv6
 * address the first 64 bits, since whoever has one of those has them all.
 */
export function addressKey(address: string): string {
  const plain = address.toLowerCase().split("%", 1)[0] ?? "";
  const mapped = /^(?:(?:0{1,4}:){5}|::)ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(plain)?.[1];
  if (mapped) return mapped;
  if (!plain.includes(":")) return plain;
  const [head = "", tail] = plain.split("::", 2);
  const groups = head === "" ? [] : head.split(":");
  const after = tail ? tail.split(":") : [];
  const zeros = tail === undefined ? [] : Array<string>(Math.max(0, 8 - groups.length - after.length)).fill("0");
  const network = [...groups, ...zeros, ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group || "0", 16).toString(16));
  return `${network.join(":")}::/64`;
}
