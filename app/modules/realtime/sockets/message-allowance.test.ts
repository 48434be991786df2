import { describe, expect, it } from "vitest";
import { memoryRateLimiter, type RateLimiter } from "~/platform/limits/rate-limit.server";
import { createMessageAllowance } from "./message-allowance";

const settled = () => new Promise((done) => setImmediate(done));

describe("the messages an account may send", () => {
  it("are a bucket's worth over two processes, and a few more at most (TB8)", async () => {
    let now = 0;
    const clock = () => now;
    const shared = memoryRateLimiter(clock);
    const [a, b] = [createMessageAllowance(100, clock, shared), createMessageAllowance(100, clock, shared)];
    let sent = 0;
    for (let turn = 0; turn < 300; turn++) {
      if ((turn % 2 ? a : b).take("rosa") === 0) sent++;
      await settled();
    }
    expect(sent).toBeGreaterThanOrEqual(100);
    expect(sent).toBeLessThanOrEqual(110);
    expect(a.take("rosa")).toBeGreaterThan(0);
    expect(a.take("ana")).toBe(0);
    now += 30_000;
    expect(a.take("rosa")).toBe(0);
  });

  it("are a bucket's worth alone, and do not wait for who else counts", async () => {
    const never: RateLimiter = { ...memoryRateLimiter(), spend: () => new Promise(() => {}) };
    const fails: RateLimiter = { ...memoryRateLimiter(), spend: () => Promise.reject(new Error("away")) };
    for (const shared of [undefined, never, fails]) {
      const allowance = createMessageAllowance(100, () => 0, shared);
      let sent = 0;
      for (let turn = 0; turn < 300; turn++) if (allowance.take("rosa") === 0) sent++;
      expect(sent).toBe(100);
      await settled();
    }
  });
});
