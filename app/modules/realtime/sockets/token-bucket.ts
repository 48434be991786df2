/** So many at once, then so many a second. Times in milliseconds. */
export type Bucket = { tokens: number; at: number };

export const fullBucket = (burst: number, now: number): Bucket => ({ tokens: burst, at: now });

/** How many seconds (rounded up) until there is one to take, 0 when there is; takes none. */
export function secondsUntilOne(bucket: Bucket, perSecond: number, burst: number, now: number): number {
  // A clock that was set back must not empty the bucket.
  const passed = Math.max(0, now - bucket.at) / 1000;
  bucket.tokens = Math.min(burst, bucket.tokens + passed * perSecond);
  bucket.at = now;
  return bucket.tokens < 1 ? Math.max(1, Math.ceil((1 - bucket.tokens) / perSecond)) : 0;
}

/** Takes one. Returns 0 when there was one, else how many seconds (rounded up) until there will be. */
export function take(bucket: Bucket, perSecond: number, burst: number, now: number): number {
  const seconds = secondsUntilOne(bucket, perSecond, burst, now);
  if (seconds === 0) bucket.tokens--;
  return seconds;
}
