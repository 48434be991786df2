import { afterAll, beforeAll } from "vitest";
import { useRateLimiter } from "~/modules/accounts/identity/throttle.server";
import { memoryRateLimiter } from "~/platform/rate-limit.server";

/** For tests that make thousands of calls: what they try must not be hidden by "too many". */
export function withoutLimits(): void {
  beforeAll(() => useRateLimiter({ take: async () => ({ allowed: true }), giveBack: async () => {} }));
  afterAll(() => useRateLimiter(memoryRateLimiter()));
}
