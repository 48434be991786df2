import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { basename, dirname } from "node:path";
import { describe, expect, it } from "vitest";

const FILE_LIMIT = 400;
const FOLDER_LIMIT = 20;
const FORBIDDEN = /^(utils?|helpers?|common|misc|manager)$|-(utils?|helpers?|misc|manager)$|-v\d+$/;

/** What git would commit: tracked, and new files that are not ignored. */
const files = execFileSync(
  "git",
  ["ls-files", "--cached", "--others", "--exclude-standard", "app", "db", "tests", "scripts", "server.ts"],
  { encoding: "utf8" },
)
  .split("\n")
  .filter((file) => /\.(ts|tsx|mjs|js)$/.test(file) && existsSync(file));

const linesOf = (file: string) => readFileSync(file, "utf8").split("\n").length - 1;
const percentile = (sorted: number[], share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;

describe("sizes and names", () => {
  it("looks at the whole source", () => expect(files.length).toBeGreaterThan(500));

  it(`has no file over ${FILE_LIMIT} lines, a median of at most 70 and 95 % at most 270`, () => {
    expect(files.filter((file) => linesOf(file) > FILE_LIMIT)).toEqual([]);
    const sizes = files.map(linesOf).sort((a, b) => a - b);
    expect(percentile(sizes, 0.5)).toBeLessThanOrEqual(70);
    expect(percentile(sizes, 0.95)).toBeLessThanOrEqual(270);
  });

  it(`has no folder of more than ${FOLDER_LIMIT} files`, () => {
    const folders = new Map<string, number>();
    for (const file of files) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
    expect([...folders].filter(([, count]) => count > FOLDER_LIMIT)).toEqual([]);
  });

  it("has no test that replaces a module, or loads one anew, beside others in a process", () => {
    const replaces = (file: string) => /\bvi\.(mock|doMock|resetModules)\(/.test(readFileSync(file, "utf8"));
    const shared = files.filter((file) => /\.test\.tsx?$/.test(file) && !file.includes(".alone."));
    expect(shared.length).toBeGreaterThan(200);
    expect(shared.filter((file) => basename(file) !== "sizes.test.ts" && replaces(file))).toEqual([]);
  });

  it("has no file whose name says nothing", () => {
    expect(files.filter((file) => FORBIDDEN.test(basename(file).split(".")[0] ?? ""))).toEqual([]);
  });
});
