import { describe, expect, it } from "vitest";
import { divideSlots, LANES, laneOf, priorityOf } from "./lanes";

describe("lanes", () => {
  it("orders inbound before outbound before push before webhook before report", () => {
    const byPriority = [...LANES].reverse().sort((a, b) => priorityOf(a) - priorityOf(b));
    expect(byPriority).toEqual(["inbound", "outbound", "push", "webhook", "report"]);
  });

  it("finds the lane again by its stored priority", () => {
    for (const lane of LANES) expect(laneOf(priorityOf(lane))).toBe(lane);
    expect(laneOf(9_000)).toBe("report");
  });
});

describe("divideSlots", () => {
  it("uses every slot once and never leaves all of them to the lanes below outbound", () => {
    for (let concurrency = 1; concurrency <= 64; concurrency++) {
      const crews = divideSlots(concurrency);
      expect(crews.reduce((sum, crew) => sum + crew.slots, 0)).toBe(concurrency);
      const open = crews.filter((crew) => crew.lanes.includes("report")).reduce((sum, crew) => sum + crew.slots, 0);
      expect(open).toBeGreaterThan(0);
      if (concurrency > 1) expect(open).toBeLessThan(concurrency);
    }
  });

  it("keeps a slot that slow providers cannot take from inbound", () => {
    for (const concurrency of [3, 8, 32]) {
      expect(divideSlots(concurrency)[0]).toMatchObject({ lanes: ["inbound"] });
    }
  });
});
