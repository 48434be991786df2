import { expect, it } from "vitest";
import { type Row, ratioOf, reaches } from "./benchmark";
import { median, percentile } from "./driver/percentile";

const row = (more: Partial<Row>): Row => ({ what: "x", unit: "y", ours: 3, ...more });

it("judges a ratio where there is a reference, and the figure itself where there is none", () => {
  expect(ratioOf(row({ reference: { name: "r", value: 2 } }))).toBe(1.5);
  expect(reaches(row({ reference: { name: "r", value: 2 }, goal: { least: 1.5 } }))).toBe(true);
  expect(reaches(row({ reference: { name: "r", value: 2 }, goal: { most: 1.4 } }))).toBe(false);
  expect(reaches(row({ goal: { most: 3 } }))).toBe(true);
  expect(reaches(row({ goal: { least: 3.1 } }))).toBe(false);
  expect(reaches(row({}))).toBeNull();
});

it("finds shares of values, whatever their order", () => {
  const values = Array.from({ length: 100 }, (_, n) => (n * 37) % 100);
  expect([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)]).toEqual([50, 99, 99]);
  expect(median([3, 1, 2])).toBe(2);
  expect(percentile([], 0.5)).toBeNaN();
});
