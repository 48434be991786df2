import { describe, expect, it } from "vitest";
import { blocksOf } from "./thread-rows";

const day = { kind: "day" };
const said = (seq: number) => ({ kind: "message" as const, message: { seq } });

describe("blocksOf", () => {
  it("parts lines by their number, each with the lines that stand before it, whatever is loaded around them", () => {
    const lines = [day, said(38), said(39), day, said(40), said(41)];
    expect(blocksOf(lines)).toEqual([
      { key: 1, from: 0, to: 3 },
      { key: 2, from: 3, to: 6 },
    ]);
    expect(blocksOf([day, said(19), said(37), ...lines.slice(1)]).map(({ key }) => key)).toEqual([0, 1, 2]);
  });

  it("keeps what stands after the last message, and lines without any message", () => {
    expect(blocksOf([said(1), day])).toEqual([{ key: 0, from: 0, to: 2 }]);
    expect(blocksOf([day, day])).toEqual([{ key: 0, from: 0, to: 2 }]);
    expect(blocksOf([])).toEqual([]);
  });
});
