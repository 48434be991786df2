import { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startRedis, type TestRedis } from "../../../tests/support/redis";
import type { LimitRule, RateLimiter } from "./rate-limit.server";
import { redisRateLimiter } from "./redis-rate-limit.server";

const rule = (burst: number, refillSeconds: number): LimitRule => ({ name: "try", burst, refillSeconds });
const slow = rule(5, 600);

let redis: TestRedis;
const made: { stop(): Promise<void> }[] = [];
beforeAll(async () => {
  redis = await startRedis();
});
afterEach(() => Promise.all(made.splice(0).map((limiter) => limiter.stop())));
afterAll(() => redis?.stop());

/** A process's limiter, once Redis answers it. */
async function process(url = redis.url) {
  const limiter = redisRateLimiter(url);
  made.push(limiter);
  // Until the line stands each counts for itself, which the bucket in Redis shows.
  const probe = new Redis(url);
  await expect
    .poll(async () => {
      await limiter.take(slow, `probe ${Math.random()}`);
      return (await probe.keys("guazu:limit:*")).length;
    })
    .toBeGreaterThan(0);
  await probe.flushall();
  probe.disconnect();
  return limiter;
}

const allowed = async (limiters: RateLimiter[], times: number, key: string) => {
  const answers = await Promise.all(
    Array.from({ length: times }, (_, turn) => limiters[turn % limiters.length]!.take(slow, key)),
  );
  return answers.filter((answer) => answer.allowed).length;
};

describe("limits that processes share", () => {
  it("let through as many over two processes as over one, however many try at once (TC5)", async () => {
    const both = [await process(), await process()];
    expect(await allowed(both, 40, "rosa")).toBe(5);
    expect(await allowed(both, 10, "ana")).toBe(5);
    const refused = await both[1]!.take(slow, "rosa");
    expect(refused.allowed).toBe(false);
    if (!refused.allowed) expect(refused.retryAfterSeconds).toBeGreaterThan(500);
  });

  it("fill again by themselves, and with what is given back", async () => {
    const limiter = await process();
    await allowed([limiter], 5, "rosa");
    await limiter.giveBack(slow, "rosa");
    expect(await allowed([limiter], 3, "rosa")).toBe(1);
    const quick = rule(2, 0.2);
    for (const _ of [1, 2]) expect((await limiter.take(quick, "q")).allowed).toBe(true);
    await expect.poll(async () => (await limiter.take(quick, "q")).allowed).toBe(true);
  });

  it("count what was spent before it was asked for, as a debt that ends", async () => {
    const [a, b] = [await process(), await process()];
    expect(await a.spend(slow, "rosa", 3)).toBe(0);
    expect(await b.spend(slow, "rosa", 40)).toBeGreaterThan(5 * 600);
    expect(await b.spend(slow, "rosa", 40)).toBeLessThanOrEqual(6 * 600);
    expect((await a.take(slow, "rosa")).allowed).toBe(false);
  });

  it("tell nothing of who tried, and leave nothing behind for good", async () => {
    const limiter = await process();
    await limiter.take(slow, "rosa@ejemplo.com");
    const client = new Redis(redis.url);
    const keys = await client.keys("*");
    expect(keys).toHaveLength(1);
    expect(keys[0]).toMatch(/^guazu:limit:try:[\w-]{22}$/);
    expect(await client.pttl(keys[0]!)).toBeGreaterThan(0);
    client.disconnect();
  });

  it("go on in memory while Redis is away: neither nobody nor everybody, and with Redis once it is back", async () => {
    const limiter = await process();
    const away = redisRateLimiter("redis://127.0.0.1:1");
    made.push(away);
    expect(await allowed([away], 20, "rosa")).toBe(5);
    await redis.restart();
    // Whichever of the two counted, the limit held.
    expect(await allowed([limiter], 20, "rosa")).toBeLessThanOrEqual(10);
    const client = new Redis(redis.url);
    await expect
      .poll(
        async () => {
          await limiter.take(slow, "again");
          return client.keys("*");
        },
        { timeout: 20_000 },
      )
      .toHaveLength(1);
    client.disconnect();
  });
});
