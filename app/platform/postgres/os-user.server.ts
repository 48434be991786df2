import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";

/** The account of the operating system that PostgreSQL runs as. */
export type OsUser = { uid: number; gid: number };

const OWN_ACCOUNT = "guazuapp";

function idOf(flag: "-u" | "-g", name: string): number | undefined {
  const answer = spawnSync("id", [flag, name], { encoding: "utf8" });
  return answer.status === 0 ? Number(answer.stdout.trim()) : undefined;
}

function findAccount(name: string): OsUser | undefined {
  const [uid, gid] = [idOf("-u", name), idOf("-g", name)];
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { uid, gid };
}

/** Debian, Red Hat and Arch have useradd, busybox has adduser; where neither works the caller takes what exists. */
function createAccount(): OsUser | undefined {
  const options = { stdio: "ignore" } as const;
  spawnSync("useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/bin/false", OWN_ACCOUNT], options);
  const made = findAccount(OWN_ACCOUNT);
  if (made) return made;
  spawnSync("adduser", ["-S", "-D", "-H", "-s", "/bin/false", OWN_ACCOUNT], options);
  return findAccount(OWN_ACCOUNT);
}

function ownerOf(folder: string): OsUser | undefined {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat && stat.uid !== 0 ? { uid: stat.uid, gid: stat.gid } : undefined;
}

export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/**
 * The account to run PostgreSQL as when this process is root, since PostgreSQL refuses root: the owner of the cluster if
 * there is one, else an account of the system, made when missing. Undefined: run as whoever we are.
 * @throws Error when no unprivileged account exists and none can be made
 */
export function postgresAccount(cluster: string): OsUser | undefined {
  if (!isRoot()) return undefined;
  const user =
    ownerOf(cluster) ?? findAccount(OWN_ACCOUNT) ?? findAccount("postgres") ?? createAccount() ?? findAccount("nobody");
  if (user) return user;
  throw new Error(
    `PostgreSQL does not run as root and no other account was found: create one with "useradd --system ${OWN_ACCOUNT}", or start GuazuApp as another user`,
  );
}

/** Whether that account can read (-r), write (-w) or enter (-x) a path, asked from the system itself. */
export function canAccess(user: OsUser | undefined, mode: "-r" | "-w" | "-x", path: string): boolean {
  const answer = spawnSync("/bin/sh", ["-c", `test ${mode} "$1"`, "sh", path], { ...user, cwd: "/", stdio: "ignore" });
  return answer.status === 0;
}
