import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { inTime } from "./in-time.server";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const never = new Promise<never>(() => {});
const after = (ms: number) => new Promise<string>((done) => setTimeout(done, ms, "done"));
/** How it ended, or "waiting". */
function watch(work: Promise<unknown>) {
  const seen = { end: "waiting" };
  work.then(
    (value) => (seen.end = String(value)),
    (error) => (seen.end = `${error.code} ${error.status} ${error.retryable}`),
  );
  return seen;
}
const request = (extra: { age?: number; receiving?: () => boolean } = {}) => ({
  startedAt: performance.now() - (extra.age ?? 0),
  receiving: extra.receiving ?? (() => false),
});

describe("a request that is answered in time", () => {
  it("gives what the work gives, also its failure", async () => {
    const good = watch(inTime(request(), after(6_900)));
    const bad = watch(inTime(request(), Promise.reject(Object.assign(new Error("x"), { code: "bad", status: 1 }))));
    await vi.advanceTimersByTimeAsync(6_950);
    expect([good.end, bad.end]).toEqual(["done", "bad 1 undefined"]);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("is unavailable before 10 s are over, counted from when it came", async () => {
    const fresh = watch(inTime(request(), never));
    const old = watch(inTime(request({ age: 5_000 }), never));
    const spent = watch(inTime(request({ age: 7_000 }), never));
    await vi.advanceTimersByTimeAsync(300);
    expect([spent.end, old.end]).toEqual(["unavailable 503 true", "waiting"]);
    await vi.advanceTimersByTimeAsync(1_800);
    expect([old.end, fresh.end]).toEqual(["unavailable 503 true", "waiting"]);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(fresh.end).toBe("unavailable 503 true");
  });

  it("waits for a body that is still coming in", async () => {
    let coming = true;
    const seen = watch(inTime(request({ receiving: () => coming }), never));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(seen.end).toBe("waiting");
    coming = false;
    await vi.advanceTimersByTimeAsync(9_000);
    expect(seen.end).toBe("unavailable 503 true");
  });

  it("answers for a caller that spares some time before another would", async () => {
    const [inner, outer] = [watch(inTime(request(), never, 500)), watch(inTime(request(), never))];
    await vi.advanceTimersByTimeAsync(6_600);
    expect([inner.end, outer.end]).toEqual(["unavailable 503 true", "waiting"]);
  });
});
