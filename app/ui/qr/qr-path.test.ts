import { encode } from "uqr";
import { expect, it } from "vitest";
import { qrFile, qrPath } from "./qr-path";

/** Paints a path's rectangles, to see what a reader would. */
function paint(path: string, size: number): boolean[][] {
  const grid = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = Number(x); at < Number(x) + Number(length); at++) (grid[Number(y)] as boolean[])[at] = true;
  }
  return grid;
}

it("draws every module of the code and none besides, with the quiet frame that readers need", () => {
  const link = "https://guazu.test/c/demo?area=Ventas%20y%20m%C3%A1s";
  const { path, size } = qrPath(link);
  const bare = encode(link, { ecc: "M", border: 0 });
  expect(size).toBe(bare.size + 8);
  const painted = paint(path, size);
  expect(painted.slice(4, -4).map((row) => row.slice(4, -4))).toEqual(bare.data);
  const frame = [
    ...painted.slice(0, 4),
    ...painted.slice(-4),
    ...painted.map((row) => [...row.slice(0, 4), ...row.slice(-4)]),
  ];
  expect(frame.flat()).not.toContain(true);
});

it("is a drawing of its own as a file, dark on white in any theme", () => {
  const file = qrFile("https://guazu.test/c/demo");
  expect(file).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 (\d+) \1"/);
  expect(file).toContain('fill="#fff"');
});
