import { describe, expect, it } from "vitest";
import { tooMany } from "../errors";
import { retryDelay } from "./retry-delay";

const error = new Error("no answer");

describe("retryDelay", () => {
  it("grows by attempt and is spread around its middle", () => {
    expect([1, 2, 3, 4].map((attempt) => retryDelay(attempt, error, () => 0.5))).toEqual([
      2_000, 8_000, 32_000, 128_000,
    ]);
    expect(retryDelay(1, error, () => 0)).toBe(1_000);
    expect(retryDelay(1, error, () => 1)).toBe(3_000);
  });

  it("never waits longer than ten minutes by itself", () => {
    expect(retryDelay(30, error, () => 1)).toBe(600_000);
  });

  it("obeys a longer time that the other side asks for, and no shorter one", () => {
    expect(retryDelay(1, tooMany(45), () => 0.5)).toBe(45_000);
    expect(retryDelay(4, tooMany(1), () => 0.5)).toBe(128_000);
  });
});
