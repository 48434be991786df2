import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter(
  (path) => /\.tsx?$/.test(path) && !path.includes(".test."),
);

/** The public chat may load 150 KB of scripts in all: what it draws with must not bring the overlays' library along. */
it("keeps react-aria-components to the overlays and the frame of the app", () => {
  const heavy = sources.filter((path) => {
    const source = readFileSync(`${import.meta.dirname}/${path}`, "utf8");
    return /from "(?:react-aria-components|[./\w-]*overlay\/[\w-]+)"/.test(source);
  });
  expect(heavy.filter((path) => !path.startsWith("overlay/"))).toEqual(["app-shell.tsx"]);
});
