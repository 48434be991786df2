import { describe, expect, it } from "vitest";
import { initialsOf, stableIndex } from "./initials";

describe("initialsOf", () => {
  it.each([
    ["Rosa Benítez", "RB"],
    ["rosa", "R"],
    ["Ángel María de los Santos", "ÁS"],
    ["  +54 376 ", "53"],
    ["Ñandú", "Ñ"],
    ["🌵", "?"],
    ["", "?"],
    ["\u202e evil", "E"],
    ["a\u0301\u0301\u0301\u0301 b", "ÁB"],
    ["\ud83d", "?"],
  ])("shows %j as %j", (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});

describe("stableIndex", () => {
  it("is always the same for one id, and in range", () => {
    expect(stableIndex("0190a1", 8)).toBe(stableIndex("0190a1", 8));
    for (let i = 0; i < 100; i++) expect(stableIndex(`id-${i}`, 8)).toBeLessThan(8);
  });

  it("uses every place", () => {
    const used = new Set(Array.from({ length: 200 }, (_, i) => stableIndex(`0190a1b2-${i}`, 8)));
    expect(used.size).toBe(8);
  });
});
