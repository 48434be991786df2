import { describe, expect, it } from "vitest";
import { medianOf, STEP_ENDS } from "./duration-scale";

const stepsOf = (durations: readonly number[]) => {
  const steps = Array<number>(STEP_ENDS.length + 1).fill(0);
  for (const seconds of durations) {
    const place = STEP_ENDS.findIndex((end) => seconds <= end);
    const at = place === -1 ? STEP_ENDS.length : place;
    steps[at] = (steps[at] ?? 0) + 1;
  }
  return steps;
};

describe("the median of steps", () => {
  it("lies in the step of the true median", () => {
    for (const durations of [[5], [5, 45, 3_000], [20, 20, 20, 700_000], [1, 100, 100, 100, 90_000]]) {
      const middle = [...durations].sort((a, b) => a - b)[Math.ceil(durations.length / 2) - 1] ?? 0;
      const place = STEP_ENDS.findIndex((end) => middle <= end);
      const found = medianOf(stepsOf(durations)) ?? -1;
      expect(found).toBeGreaterThanOrEqual(STEP_ENDS[place - 1] ?? 0);
      expect(found).toBeLessThanOrEqual(STEP_ENDS[place] ?? Number.POSITIVE_INFINITY);
    }
  });

  it("is none where nothing is", () => {
    expect(medianOf(stepsOf([]))).toBeNull();
  });
});
