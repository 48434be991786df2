import { describe, expect, it } from "vitest";
import { byteRange } from "./byte-range";

describe("a range of 100 bytes (TF8)", () => {
  it.each([
    ["bytes=0-0", { start: 0, end: 0 }],
    ["bytes=10-19", { start: 10, end: 19 }],
    ["bytes=90-", { start: 90, end: 99 }],
    ["bytes=90-999999999999999", { start: 90, end: 99 }],
    ["bytes=-10", { start: 90, end: 99 }],
    ["bytes=-1000", { start: 0, end: 99 }],
  ])("%s is a part", (header, expected) => expect(byteRange(header, 100)).toEqual(expected));

  it.each(["bytes=100-", "bytes=100-200", "bytes=-0"])("%s lies beyond", (header) =>
    expect(byteRange(header, 100)).toBe("unsatisfiable"),
  );

  it.each([
    null,
    "",
    "bytes=-",
    "bytes=5-4",
    "bytes=a-b",
    "bytes=0-1,2-3",
    `bytes=${"0-1,".repeat(1000)}2-3`,
    "items=0-1",
    "bytes=0x1-2",
    "bytes=1-99999999999999999999",
  ])("%s asks for the whole", (header) => expect(byteRange(header, 100)).toBe(null));

  it("of nothing is never there", () => {
    expect(byteRange("bytes=0-", 0)).toBe("unsatisfiable");
    expect(byteRange("bytes=-1", 0)).toBe("unsatisfiable");
  });
});
