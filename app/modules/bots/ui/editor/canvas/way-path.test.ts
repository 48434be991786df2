import { expect, it } from "vitest";
import { backPath, leadsBack } from "./way-path";

it("turns round only where it must", () => {
  expect(leadsBack({ x: 200, y: 0 }, { x: 300, y: 500 })).toBe(false);
  expect(leadsBack({ x: 200, y: 0 }, { x: 200, y: 0 })).toBe(true);
  expect(leadsBack({ x: 200, y: 0 }, { x: -100, y: 0 })).toBe(true);
});

it("goes back below its own step, and ends where it leads", () => {
  expect(backPath({ x: 200, y: 90 }, { x: -100, y: 20 }, 100)).toBe(
    "M 200 90 h 16 q 16 0 16 16 V 100 q 0 16 -16 16 H -116 q -16 0 -16 -16 V 36 q 0 -16 16 -16 H -100",
  );
  expect(backPath({ x: 200, y: 90 }, { x: -100, y: 400 }, 100)).toContain("V 416 q 0 16 -16 16 H -116");
});
