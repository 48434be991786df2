import { readdirSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bubble, comesAlive, says } from "../e2e/people";
import { withBrowser } from "../support/browser";
import { type Product, startProduct } from "../support/product";

const KB = 1024;
/** React and Remix have a piece of their own, by the name that the build gives it. */
const FRAMEWORK = /\/framework-/;

const packed = (source: Uint8Array | string) => gzipSync(source, { level: 9 }).length;

/** What i18next weighs, which the build puts among ours. */
async function i18nextSize(): Promise<number> {
  const contents = `export { createInstance } from "i18next";`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: process.cwd() },
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "browser",
    external: ["react"],
    define: { "process.env.NODE_ENV": '"production"' },
  });
  return packed(outputFiles[0]!.contents);
}

describe("what the public chat makes a customer download", () => {
  const stage = withBrowser();
  let product: Product;
  beforeAll(async () => {
    product = await startProduct();
  });
  afterAll(() => product?.dispose());

  it("is less than 150 KB of JavaScript in all, sent compressed and cached for good", async () => {
    const { page } = await stage.visitor();
    const scripts = new Map<string, { size: number; encoding: string; cache: string }>();
    const reading: Promise<void>[] = [];
    page.on("response", (response) => {
      if (!response.url().endsWith(".js")) return;
      reading.push(
        response.body().then((body) => {
          const { "content-encoding": encoding = "", "cache-control": cache = "" } = response.headers();
          scripts.set(response.url(), { size: packed(body), encoding, cache });
        }),
      );
    });
    await page.goto(`${product.url}/c/demo`);
    await comesAlive(page);
    await says(page, "hola");
    await bubble(page, "¿En qué te podemos ayudar?").waitFor();
    await page.waitForLoadState("networkidle");
    await Promise.all(reading);

    const all = [...scripts.entries()].map(([url, rest]) => ({ url, ...rest }));
    const sum = (some: typeof all) => some.reduce((total, { size }) => total + size, 0);
    expect(all.length).toBeGreaterThan(0);
    const list = all.map(({ url, size }) => `${size} ${url}`).join("\n");
    expect(sum(all), list).toBeLessThan(150 * KB);
    const beside = all.filter(({ url }) => !FRAMEWORK.test(new URL(url).pathname));
    expect(sum(beside) - (await i18nextSize()), list).toBeLessThan(40 * KB);
    for (const { url, size, encoding, cache } of all) {
      if (size > KB) expect({ url, encoding }).toEqual({ url, encoding: expect.stringMatching(/^(gzip|br)$/) });
      expect({ url, cache }).toEqual({ url, cache: expect.stringContaining("immutable") });
    }
  });

  it("holds no piece of the server", () => {
    const names = readdirSync("build/client/assets");
    expect(names.filter((name) => name.endsWith(".map"))).toEqual([]);
    expect(names.some((name) => name.endsWith(".js"))).toBe(true);
  });
});
