// Bundles the service worker into the client build, with the names of what that consists of: run after Vite.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "./prepare.mjs";

const client = join(root, "build", "client");
const names = readdirSync(join(client, "assets"));
const version = names.map((name) => /^manifest-(.+)\.js$/.exec(name)?.[1]).find(Boolean);
if (!version) throw new Error("no build to make the service worker for: Vite comes first");
const codes = names.filter((name) => name.endsWith(".js"));
const textOf = (name) => readFileSync(join(client, "assets", name), "utf8");

/** The pieces that these name, and those that they name: also what is loaded only once it is used. */
function allFrom(begin) {
  const found = new Set(begin);
  for (const name of found)
    for (const [other] of textOf(name).matchAll(/[\w.~-]+\.js/g)) if (codes.includes(other)) found.add(other);
  return [...found];
}
const chat = /"routes\/c\.\$handle":\{[^}]*?"module":"\/assets\/([^"]+)"/.exec(textOf(`manifest-${version}.js`))?.[1];
if (!chat) throw new Error("the build has no public chat");
const addressed = (list) => JSON.stringify(list.map((name) => `/assets/${name}`));

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
  define: { BUILD: JSON.stringify(version), PIECES: addressed(codes), CHAT_PIECES: addressed(allFrom([chat])) },
  logLevel: "warning",
});
