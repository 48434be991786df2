import { expect, test } from "vitest";
import { DEFAULT_LIMITS } from "./limits";

test("a lifetime of 240 minutes would be none at all", () => {
  expect(DEFAULT_LIMITS.lifetimeMinutes).toBeLessThan(240);
});

test("the idle timeout is one that uWebSockets.js keeps: over 8 s and counted in steps of 4", () => {
  expect(DEFAULT_LIMITS.idleTimeoutSeconds).toBeGreaterThan(8);
  expect(DEFAULT_LIMITS.idleTimeoutSeconds % 4).toBe(0);
});
