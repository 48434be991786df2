// Loaded before remix-serve: starts the build's runtime (its database, not its port) in the very copy of the build that
// remix-serve imports, which it tells apart by the file's time.
import { statSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const file = resolve("build/server/index.js");
const build = await import(`${pathToFileURL(file).href}?t=${statSync(file).mtimeMs}`);
await build.entry.module.runtime.start(process.env);
