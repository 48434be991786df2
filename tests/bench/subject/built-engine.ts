import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

type Engine = Pick<typeof import("~/modules/bots/engine/step"), "step"> &
  Pick<typeof import("~/modules/bots/engine/run"), "newRun">;

/** The engine as the product's build has it: what runs tests gives each function its name anew at every call. */
export async function builtEngine(): Promise<Engine> {
  // Below node_modules, so that what is bundled finds its packages.
  const folder = join(process.cwd(), "node_modules", ".cache", `engine-${process.pid}`);
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, "engine.mjs");
  const contents = `export { step } from "./app/modules/bots/engine/step";
export { newRun } from "./app/modules/bots/engine/run";`;
  await build({
    ...{ bundle: true, packages: "external", platform: "node", format: "esm", target: "node20", logLevel: "warning" },
    ...{ stdin: { contents, resolveDir: process.cwd(), loader: "ts" }, outfile },
  });
  try {
    return (await import(pathToFileURL(outfile).href)) as Engine;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
