import { createHash, randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeOpenFolder, SYSTEM_FOLDER } from "./binaries.server";
import { wasUsed } from "./holders.server";
import { canAccess, isRoot, type OsUser, postgresAccount } from "./os-user.server";

/** Where a data folder's PostgreSQL lives. */
export type Home = {
  folder: string;
  /** PostgreSQL's data directory; missing until initdb. */
  cluster: string;
  log: string;
  /** The superuser's password, in the data folder itself. */
  passwordFile: string;
  user: OsUser | undefined;
};

const POINTER = "postgres.location";

function describeHome(dataDir: string, folder: string): Home {
  const cluster = join(folder, "cluster");
  return {
    folder,
    cluster,
    log: join(folder, "postgres.log"),
    passwordFile: join(dataDir, "postgres.password"),
    user: postgresAccount(cluster),
  };
}

function isBelow(path: string, folder: string): boolean {
  return path.startsWith(`${fs.realpathSync(folder)}/`);
}

/**
 * A new folder outside a data folder that the unprivileged account cannot reach. What is temporary stays temporary: a
 * data folder in the system's temporary folder gets its database there too. Never an old folder again: the same path may
 * have been another data folder before.
 */
function relocate(dataDir: string, user: OsUser): string {
  const real = fs.realpathSync(dataDir);
  const temporary = isBelow(real, tmpdir()) && canAccess(user, "-x", tmpdir());
  const base = temporary ? tmpdir() : SYSTEM_FOLDER;
  if (!temporary) makeOpenFolder(base);
  const name = `${createHash("sha256").update(real).digest("hex").slice(0, 12)}-${randomBytes(4).toString("hex")}`;
  return join(base, temporary ? `guazuapp-${name}` : name);
}

function makeFolder(folder: string, user: OsUser | undefined): void {
  fs.mkdirSync(folder, { recursive: true });
  if (user) fs.chownSync(folder, user.uid, user.gid);
  fs.chmodSync(folder, 0o700);
}

function newHome(dataDir: string): Home {
  const inside = describeHome(dataDir, join(dataDir, "postgres"));
  makeFolder(inside.folder, inside.user);
  if (!inside.user || canAccess(inside.user, "-w", inside.folder)) return inside;
  fs.rmSync(inside.folder, { recursive: true });
  const outside = describeHome(dataDir, relocate(dataDir, inside.user));
  makeFolder(outside.folder, outside.user);
  fs.writeFileSync(join(dataDir, POINTER), `${outside.folder}\n`);
  return outside;
}

/** @throws Error with one line when this process, or the account it starts PostgreSQL as, cannot use the cluster */
function checkAccess(home: Home): void {
  const owner = fs.statSync(home.cluster).uid;
  if (process.getuid && !isRoot() && owner !== process.getuid()) {
    throw new Error(
      `the database in ${home.folder} belongs to the account with uid ${owner}: start GuazuApp as that account or as root`,
    );
  }
  if (home.user && !canAccess(home.user, "-w", home.cluster)) {
    throw new Error(
      `the database in ${home.folder} cannot be reached by its account (uid ${home.user.uid}): let others enter the folders above it (chmod o+x)`,
    );
  }
}

/**
 * Finds or makes the home of the PostgreSQL of `dataDir`: its folder `postgres`, or, when this is root and the account
 * that PostgreSQL runs as cannot reach that, a folder elsewhere that `postgres.location` names.
 * @throws Error with one line when a database that was there is gone or closed
 */
export function openHome(dataDir: string): Home {
  const pointer = join(dataDir, POINTER);
  const folder = fs.existsSync(pointer) ? fs.readFileSync(pointer, "utf8").trim() : join(dataDir, "postgres");
  const home = describeHome(dataDir, folder);
  if (hasEntry(home.cluster)) {
    checkAccess(home);
    return home;
  }
  if (wasUsed(dataDir)) {
    throw new Error(
      `the database of ${dataDir} is gone: ${home.cluster} is missing. Put it back, or set another DATA_DIR to begin with an empty one`,
    );
  }
  return newHome(dataDir);
}

function hasEntry(path: string): boolean {
  try {
    return fs.statSync(path).isDirectory();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw new Error(
      `the database folder ${dirname(path)} cannot be read by this account: start GuazuApp as its owner or as root`,
    );
  }
}
