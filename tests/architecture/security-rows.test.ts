import { existsSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Each row of the page, with the files that it names. */
const rows = [...readFileSync("docs/security.md", "utf8").matchAll(/^\| ([TF][A-Z]?\d+) \| (.+) \|$/gm)].map(
  ([, row = "", files = ""]) => ({ row, files: [...files.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file) }),
);

it("the page of what is tried names only tests that say so", () => {
  expect(rows.length).toBeGreaterThan(70);
  const says = (file: string, row: string) =>
    existsSync(file) && new RegExp(`\\b${row}\\b`).test(readFileSync(file, "utf8"));
  const untrue = rows.flatMap(({ row, files }) =>
    files.filter((file) => !says(file, row)).map((file) => `${row} ${file}`),
  );
  expect(untrue).toEqual([]);
  expect(rows.filter(({ files }) => files.length === 0)).toEqual([]);
});
