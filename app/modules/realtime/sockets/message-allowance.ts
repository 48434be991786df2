import type { LimitRule, RateLimiter } from "~/platform/limits/rate-limit.server";
import { type Bucket, fullBucket, take } from "./token-bucket";

const MINUTE_MS = 60_000;
/** So many messages a process lets through before it tells the others of them. */
const REPORT_AT = 5;

type Allowance = { bucket: Bucket; untold: number; telling: boolean; closedUntil: number };

/**
 * How many messages an account may still send. This process's own bucket is asked first and answers at once; what was
 * sent is told to the bucket that all processes share, a few at a time and with nobody waiting, and when that one is
 * empty this one closes for as long. So an account gets no more than a bucket and a few messages for each further
 * process, and a message costs no round trip.
 */
export function createMessageAllowance(perMinute: number, now: () => number, shared?: RateLimiter) {
  const rule: LimitRule = { name: "hub-message", burst: perMinute, refillSeconds: 60 / perMinute };
  const known = new Map<string, Allowance>();

  const tell = async (key: string, one: Allowance, limiter: RateLimiter): Promise<void> => {
    const count = one.untold;
    one.untold = 0;
    one.telling = true;
    // A limiter that fails has its own way out; it must not fail a message that was already let through.
    const seconds = await limiter.spend(rule, key, count).catch(() => 0);
    one.telling = false;
    if (seconds > 0) one.closedUntil = now() + seconds * 1000;
    else if (one.untold >= REPORT_AT) void tell(key, one, limiter);
  };

  return {
    /** Takes one. Returns 0 when there was one, else how many seconds until there will be. */
    take(key: string): number {
      const one = known.get(key) ?? { bucket: fullBucket(perMinute, now()), untold: 0, telling: false, closedUntil: 0 };
      known.set(key, one);
      if (now() < one.closedUntil) return Math.max(1, Math.ceil((one.closedUntil - now()) / 1000));
      const wait = take(one.bucket, perMinute / 60, perMinute, now());
      if (wait > 0 || !shared) return wait;
      one.untold++;
      if (one.untold >= REPORT_AT && !one.telling) void tell(key, one, shared);
      return 0;
    },
    /** Forgets accounts that have been quiet for so long that their bucket is full again. */
    tidy(): void {
      for (const [key, { bucket }] of known) if (now() - bucket.at > MINUTE_MS) known.delete(key);
    },
  };
}
