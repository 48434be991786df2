import type { LimitRule, RateLimiter } from "~/platform/limits/rate-limit.server";
import { type Bucket, fullBucket, secondsUntilOne, take } from "./token-bucket";

const MINUTE_MS = 60_000;
/** So much of a minute's messages a process lets through before it tells the others of them. */
const REPORT_SHARE = 0.05;

type Allowance = { bucket: Bucket; untold: number; telling: boolean; closedUntil: number };

/**
 * How many messages one key, such as an account, may still send. This process's own bucket is asked first and answers at
 * once; what was sent is told to the bucket that all processes share, a few at a time and with nobody waiting, and when
 * that one is empty this one closes for as long. So a key gets no more than a bucket and a twentieth of one for each
 * further process, and a message costs no round trip.
 */
export function createMessageAllowance(name: string, perMinute: number, now: () => number, shared?: RateLimiter) {
  const rule: LimitRule = { name, burst: perMinute, refillSeconds: 60 / perMinute };
  const reportAt = Math.max(1, Math.round(perMinute * REPORT_SHARE));
  const known = new Map<string, Allowance>();

  const tell = async (key: string, one: Allowance, limiter: RateLimiter): Promise<void> => {
    const count = one.untold;
    one.untold = 0;
    one.telling = true;
    // A limiter that fails has its own way out; it must not fail a message that was already let through.
    const seconds = await limiter.spend(rule, key, count).catch(() => 0);
    one.telling = false;
    if (seconds > 0) one.closedUntil = now() + seconds * 1000;
    else if (one.untold >= reportAt) void tell(key, one, limiter);
  };

  return {
    /** How many seconds until the key may send one, 0 when it may. */
    wait(key: string): number {
      const one = known.get(key);
      if (!one) return 0;
      if (now() < one.closedUntil) return Math.max(1, Math.ceil((one.closedUntil - now()) / 1000));
      return secondsUntilOne(one.bucket, perMinute / 60, perMinute, now());
    },
    /** Counts one that was let through. */
    count(key: string): void {
      const one = known.get(key) ?? { bucket: fullBucket(perMinute, now()), untold: 0, telling: false, closedUntil: 0 };
      known.set(key, one);
      take(one.bucket, perMinute / 60, perMinute, now());
      if (!shared) return;
      one.untold++;
      if (one.untold >= reportAt && !one.telling) void tell(key, one, shared);
    },
    /** Forgets keys that have been quiet for so long that their bucket is full again. */
    tidy(): void {
      for (const [key, { bucket }] of known) if (now() - bucket.at > MINUTE_MS) known.delete(key);
    },
  };
}
