import { describe, expect, test } from "vitest";
import { addressKey, memoryRateLimiter, takeAll } from "./rate-limit.server";

const rule = { name: "test", burst: 3, refillSeconds: 10 };

function limiterAt(start = 0) {
  const clock = { ms: start };
  return { clock, limiter: memoryRateLimiter(() => clock.ms) };
}

describe("token bucket", () => {
  test("lets a burst through, then says when to come back", async () => {
    const { limiter } = limiterAt();
    for (let i = 0; i < 3; i++) expect(await limiter.take(rule, "a")).toEqual({ allowed: true });
    expect(await limiter.take(rule, "a")).toEqual({ allowed: false, retryAfterSeconds: 10 });
  });

  test("fills one by one, and never over its burst", async () => {
    const { limiter, clock } = limiterAt();
    for (let i = 0; i < 3; i++) await limiter.take(rule, "a");
    clock.ms = 9_000;
    expect(await limiter.take(rule, "a")).toEqual({ allowed: false, retryAfterSeconds: 1 });
    clock.ms = 10_000;
    expect((await limiter.take(rule, "a")).allowed).toBe(true);
    clock.ms = 1_000_000;
    for (let i = 0; i < 3; i++) expect((await limiter.take(rule, "a")).allowed).toBe(true);
    expect((await limiter.take(rule, "a")).allowed).toBe(false);
  });

  test("being refused costs nothing, so that waiting always helps", async () => {
    const { limiter, clock } = limiterAt();
    for (let i = 0; i < 50; i++) await limiter.take(rule, "a");
    clock.ms = 10_000;
    expect((await limiter.take(rule, "a")).allowed).toBe(true);
  });

  test("keeps keys and rules apart", async () => {
    const { limiter } = limiterAt();
    for (let i = 0; i < 3; i++) await limiter.take(rule, "a");
    expect((await limiter.take(rule, "b")).allowed).toBe(true);
    expect((await limiter.take({ ...rule, name: "other" }, "a")).allowed).toBe(true);
  });

  test("gives back what did not count", async () => {
    const { limiter } = limiterAt();
    for (let i = 0; i < 20; i++) {
      expect((await limiter.take(rule, "a")).allowed).toBe(true);
      await limiter.giveBack(rule, "a");
    }
    await limiter.giveBack(rule, "a");
    for (let i = 0; i < 3; i++) await limiter.take(rule, "a");
    expect((await limiter.take(rule, "a")).allowed).toBe(false);
  });

  test("several at once: all or nothing, and the longest wait", async () => {
    const { limiter } = limiterAt();
    const slow = { name: "slow", burst: 1, refillSeconds: 100 };
    expect(
      await takeAll(limiter, [
        [rule, "a"],
        [slow, "a"],
      ]),
    ).toEqual({ allowed: true });
    expect(
      await takeAll(limiter, [
        [rule, "a"],
        [slow, "a"],
      ]),
    ).toEqual({ allowed: false, retryAfterSeconds: 100 });
    expect((await limiter.take(rule, "a")).allowed).toBe(true);
    expect((await limiter.take(rule, "a")).allowed).toBe(true);
    expect((await limiter.take(rule, "a")).allowed).toBe(false);
  });

  test("a flood of keys does not forget the one in use", async () => {
    const { limiter } = limiterAt();
    for (let i = 0; i < 120_000; i++) await limiter.take(rule, `flood ${i}`);
    for (let i = 0; i < 3; i++) expect((await limiter.take(rule, "a")).allowed).toBe(true);
    for (let i = 0; i < 1000; i++) await limiter.take(rule, `more ${i}`);
    expect((await limiter.take(rule, "a")).allowed).toBe(false);
  });
});

describe("address key", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7"],
    ["::ffff:203.0.113.7", "203.0.113.7"],
    ["0000:0000:0000:0000:0000:ffff:203.0.113.7", "203.0.113.7"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::9", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
  ])("%s counts as %s", (address, key) => {
    expect(addressKey(address)).toBe(key);
  });
});
