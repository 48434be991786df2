import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { PREFERENCES_ACTION } from "~/ui/theme";

const APP = resolve(import.meta.dirname, "../../app");

const screens = readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".tsx") && !path.includes(".test."))
  .map((path) => ({ path, source: readFileSync(join(APP, path), "utf8") }));

/** Whether a route stands at the address and takes forms. */
function takesForms(address: string): boolean {
  const name = address.replace(/^\//, "").replace(/\?.*$/, "").replaceAll("/", ".") || "_index";
  const file = ["tsx", "ts"].map((end) => join(APP, "routes", name, `route.${end}`)).find(existsSync);
  return file !== undefined && /export (?:const|async function|function) action\b/.test(readFileSync(file, "utf8"));
}

it("sends no form to an address that takes none", () => {
  const posts = screens.flatMap(({ path, source }) =>
    [...source.matchAll(/<(?:\w+\.)?[Ff]orm\b[^>]*?method="post"[^>]*?\baction="([^"]+)"/g)].map(([, address]) => ({
      path,
      address: address ?? "",
    })),
  );
  expect(posts.map(({ address }) => address)).toContain("/login");
  expect(posts.filter(({ address }) => !takesForms(address))).toEqual([]);
  expect(takesForms(PREFERENCES_ACTION)).toBe(true);
});
