import { expect, it } from "vitest";
import { progressLine, showProgress } from "./progress";

it("says rows, part, rate and time left", () => {
  expect(progressLine(1_200, 4_800, 2_000)).toBe("1,200 of 4,800 rows · 25 % · 600 rows/s · 6 s left");
  expect(progressLine(1_000_000, 6_000_000, 20_000)).toBe(
    "1,000,000 of 6,000,000 rows · 16 % · 50,000 rows/s · 1 min 40 s left",
  );
  expect(progressLine(0, 10, 0)).toBe("0 of 10 rows · 0 % · 0 rows/s");
});

function told(isTTY: boolean): string[] {
  const lines: string[] = [];
  let at = 0;
  const show = showProgress({ isTTY, write: (text) => lines.push(text) }, 100, () => at);
  for (let done = 1; done <= 100; done++) {
    at += 100;
    show(done);
  }
  return lines;
}

it("writes plain lines, seldom, where it is no terminal", () => {
  const lines = told(false);
  expect(lines).toHaveLength(2);
  for (const line of lines) expect(line).toMatch(/^[\d,]+ of 100 rows · .* left\n$/);
  expect(lines.at(-1)).toContain("100 %");
});

it("writes over one line on a terminal, and ends it", () => {
  const lines = told(true);
  expect(lines).toHaveLength(50);
  for (const line of lines) expect(line.startsWith("\r\u001b[2K")).toBe(true);
  expect(lines.filter((line) => line.endsWith("\n"))).toEqual([lines.at(-1)]);
});
