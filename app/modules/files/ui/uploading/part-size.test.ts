import { describe, expect, it } from "vitest";
import { FIRST_PART, LARGEST_PART, nextPartSize, SMALLEST_PART, smallerPart } from "./part-size";

/** How long each part takes on a line of so many bytes per second, until its size has settled. */
function settle(bytesPerSecond: number): { size: number; seconds: number } {
  let size = FIRST_PART;
  for (let part = 0; part < 10; part++) size = nextPartSize(size, size, (size / bytesPerSecond) * 1000);
  return { size, seconds: size / bytesPerSecond };
}

describe("the size of a part", () => {
  it("grows on a fast line, step by step, up to a limit", () => {
    expect(nextPartSize(FIRST_PART, FIRST_PART, 10)).toBe(FIRST_PART * 4);
    expect(settle(100_000_000).size).toBe(LARGEST_PART);
  });

  it.each([3_000, 10_000, 60_000, 500_000])(
    "stays within half of the server's ten seconds at %i bytes a second",
    (speed) => expect(settle(speed).seconds).toBeLessThan(6),
  );

  it("shrinks at once when the line becomes slow, and after each break, down to a limit", () => {
    expect(nextPartSize(LARGEST_PART, LARGEST_PART, 90_000)).toBeLessThan(LARGEST_PART / 20);
    let size = FIRST_PART;
    for (let breaks = 0; breaks < 5; breaks++) size = smallerPart(size);
    expect(size).toBe(SMALLEST_PART);
  });

  it("is not made small by a file's short end", () => {
    expect(nextPartSize(LARGEST_PART, 1000, 1)).toBe(3_000_000);
    expect(nextPartSize(FIRST_PART, 0, 0)).toBe(SMALLEST_PART);
  });
});
