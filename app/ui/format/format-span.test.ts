import { describe, expect, it } from "vitest";
import { formatSpan } from "./format-span";

describe("a length of time in two units", () => {
  it("is said as people read it", () => {
    expect([0, 45, 60, 110, 6_600, 86_400, 270_000].map((seconds) => formatSpan(seconds, "en-US"))).toEqual([
      "0 sec",
      "45 sec",
      "1 min",
      "1 min 50 sec",
      "1 hr 50 min",
      "1 day",
      "3 days 3 hr",
    ]);
    expect(formatSpan(6_600, "es-AR")).toBe("1 h 50 min");
  });
});
