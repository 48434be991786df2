import { expect, it } from "vitest";
import { fitsHere } from "./fits-here";

const MIB = 1024 * 1024;

it("keeps files of a message up to 100 MiB, and half of what the browser still gives", () => {
  expect(fitsHere(100 * MIB, { quota: 1000 * MIB, usage: 0 })).toBe(true);
  expect(fitsHere(100 * MIB + 1, { quota: 1000 * MIB, usage: 0 })).toBe(false);
  expect(fitsHere(10 * MIB, { quota: 100 * MIB, usage: 80 * MIB })).toBe(true);
  expect(fitsHere(10 * MIB + 1, { quota: 100 * MIB, usage: 80 * MIB })).toBe(false);
});

it("tries where the browser does not tell", () => {
  expect([fitsHere(MIB, null), fitsHere(MIB, {})]).toEqual([true, true]);
});
