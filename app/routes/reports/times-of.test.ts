import { describe, expect, it } from "vitest";
import { timesOf } from "./times-of";

describe("the times of a report", () => {
  it("are all days of its span, or all hours", () => {
    const span = { from: "2026-02-28", to: "2026-03-01" };
    expect(timesOf({ group: "day", ...span })).toEqual(["2026-02-28", "2026-03-01"]);
    const hours = timesOf({ group: "hour", ...span });
    expect([hours.length, hours[0], hours.at(-1)]).toEqual([48, "2026-02-28T00:00", "2026-03-01T23:00"]);
  });
});
