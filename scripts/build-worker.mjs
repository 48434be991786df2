// Bundles the service worker into the client build, with the names of what that consists of: run after Vite.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./prepare.mjs";

const client = join(root, "build", "client");
const names = readdirSync(join(client, "assets"));
const version = names.map((name) => /^manifest-(.+)\.js$/.exec(name)?.[1]).find(Boolean);
if (!version) throw new Error("no build to make the service worker for: Vite comes first");
const pieces = names.filter((name) => name.endsWith(".js")).map((name) => `/assets/${name}`);

await build({
  entryPoints: {
    sw: join(root, "app/service-worker/worker.ts"),
    "sw-off": join(root, "app/service-worker/off.ts"),
  },
  outdir: client,
  bundle: true,
  minify: true,
  format: "iife",
  platform: "browser",
  target: "es2022",
  tsconfig: join(root, "tsconfig.json"),
  define: { BUILD: JSON.stringify(version), PIECES: JSON.stringify(pieces) },
  logLevel: "warning",
});
