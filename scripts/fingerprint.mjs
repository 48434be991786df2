import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** What the build is made of; tests are not part of it. */
const BUILD_INPUTS = [
  "app",
  "db",
  "public",
  "scripts/build-worker.mjs",
  "scripts/compress-client.mjs",
  "server.ts",
  "remix.config.js",
  "vite.config.ts",
  "tsconfig.json",
  "package.json",
  "package-lock.json",
];
const TEST_FILE = /\.test\.tsx?$/;

function filesBelow(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesBelow(join(path, name)));
}

/** One hash over names and contents: a fresh clone, a touched file and another machine's clock change nothing. */
export function buildFingerprint(root) {
  const hash = createHash("sha256");
  const files = BUILD_INPUTS.flatMap((name) => filesBelow(join(root, name))).filter((file) => !TEST_FILE.test(file));
  for (const file of files.sort()) {
    const content = readFileSync(file);
    hash.update(`${relative(root, file).split(sep).join("/")}\0${content.length}\0`).update(content);
  }
  return hash.digest("hex");
}

/** npm's rule for `os` and `cpu`: a list of names, or of names to leave out with "!" before them. */
function fits(list, value) {
  if (!list) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((item) => item.startsWith("!"));
}

/** npm may leave an optional package out, but not one made for this very system (which a folder from another system lacks). */
function isExpected(entry, system) {
  if (!entry.optional) return true;
  if (!entry.os && !entry.cpu) return false;
  return !entry.libc && fits(entry.os, system.platform) && fits(entry.cpu, system.arch);
}

/**
 * Whether what npm says it installed (node_modules/.package-lock.json, written at the end of an install) is what
 * package-lock.json asks for, whoever ran npm.
 */
export function isInstalled(root, system = process) {
  const done = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(done)) return false;
  const wanted = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")).packages;
  const present = JSON.parse(readFileSync(done, "utf8")).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === "") return true;
    const found = present[path];
    if (!found) return !isExpected(entry, system);
    return found.version === entry.version && found.integrity === entry.integrity;
  });
}
