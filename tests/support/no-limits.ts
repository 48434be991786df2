import { afterAll, beforeAll } from "vitest";
import { adoptRateLimiter } from "~/modules/accounts/identity/throttle.server";
import { memoryRateLimiter } from "~/platform/limits/rate-limit.server";

/** For tests that make thousands of calls: what they try must not be hidden by "too many". */
export function withoutLimits(): void {
  beforeAll(() =>
    adoptRateLimiter({ take: async () => ({ allowed: true }), giveBack: async () => {}, spend: async () => 0 }),
  );
  afterAll(() => adoptRateLimiter(memoryRateLimiter()));
}
