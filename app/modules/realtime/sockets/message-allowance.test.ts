import { describe, expect, it } from "vitest";
import { memoryRateLimiter, type RateLimiter } from "~/platform/limits/rate-limit.server";
import { createMessageAllowance } from "./message-allowance";

type Allowance = ReturnType<typeof createMessageAllowance>;

/** As the hub does: asks, and counts what it lets through. */
function take(allowance: Allowance, key: string): number {
  const seconds = allowance.wait(key);
  if (seconds === 0) allowance.count(key);
  return seconds;
}
const settled = () => new Promise((done) => setImmediate(done));

describe("the messages an account may send", () => {
  it("are a bucket's worth over two processes, and a few more at most (TB8)", async () => {
    let now = 0;
    const clock = () => now;
    const shared = memoryRateLimiter(clock);
    const process = () => createMessageAllowance("try", 100, clock, shared);
    const [a, b] = [process(), process()];
    let sent = 0;
    for (let turn = 0; turn < 300; turn++) {
      if (take(turn % 2 ? a : b, "rosa") === 0) sent++;
      await settled();
    }
    expect(sent).toBeGreaterThanOrEqual(100);
    expect(sent).toBeLessThanOrEqual(110);
    expect(take(a, "rosa")).toBeGreaterThan(0);
    expect(take(a, "ana")).toBe(0);
    now += 30_000;
    expect(take(a, "rosa")).toBe(0);
  });

  it("are a bucket's worth alone, and do not wait for who else counts", async () => {
    const never: RateLimiter = { ...memoryRateLimiter(), spend: () => new Promise(() => {}) };
    const fails: RateLimiter = { ...memoryRateLimiter(), spend: () => Promise.reject(new Error("away")) };
    for (const shared of [undefined, never, fails]) {
      const allowance = createMessageAllowance("try", 100, () => 0, shared);
      let sent = 0;
      for (let turn = 0; turn < 300; turn++) if (take(allowance, "rosa") === 0) sent++;
      expect(sent).toBe(100);
      await settled();
    }
  });

  it("of a wide limit are told rarely, and a twentieth of it is too much at most for each further process (TB8)", async () => {
    const shared = memoryRateLimiter(() => 0);
    let asked = 0;
    const counted: RateLimiter = {
      ...shared,
      spend(...words) {
        asked++;
        return shared.spend(...words);
      },
    };
    const process = () => createMessageAllowance("try", 6_000, () => 0, counted);
    const all = [process(), process(), process()];
    let sent = 0;
    for (let turn = 0; turn < 20_000; turn++) {
      if (take(all[turn % 3] as Allowance, "an office") === 0) sent++;
      if (turn % 10 === 0) await settled();
    }
    expect(sent).toBeGreaterThanOrEqual(6_000);
    expect(sent).toBeLessThanOrEqual(6_000 * 1.15);
    expect(asked).toBeLessThan(30);
  });
});
