import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { PrepareError } from "./prepare.mjs";

/** Programs of the system, by the names they may have, and Debian's package for each. */
const REDIS = { names: ["redis-server"], package: "redis-server" };
const FOR_TESTS = [
  REDIS,
  { names: ["chromium", "chromium-browser", "google-chrome"], package: "chromium", setting: "CHROMIUM_PATH" },
];
export const FOR_BENCHMARKS = [
  REDIS,
  { names: ["pgbench"], package: "postgresql" },
  { names: ["wrk"], package: "wrk" },
];
const WITHOUT_QUESTIONS = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };

function findInPath(name) {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK);
        return true;
      } catch {
        return false;
      }
    });
}

function find(program) {
  const set = program.setting && process.env[program.setting];
  return set && existsSync(set) ? set : program.names.map(findInPath).find(Boolean);
}

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

function aptGet(args) {
  const answer = spawnSync("apt-get", args, {
    env: WITHOUT_QUESTIONS,
    stdio: ["ignore", "pipe", "pipe"],
    encoding: "utf8",
  });
  if (answer.status === 0) return;
  const tail = `${answer.stdout}${answer.stderr}`.trim().split("\n").slice(-8).join("\n");
  throw new PrepareError(`apt-get ${args.join(" ")} failed:\n${tail}`);
}

/**
 * Finds programs, those of the tests by default, installing what is missing when this is root on Debian or Ubuntu.
 * @returns settings that name what was found
 * @throws PrepareError with the exact command to run
 */
export function ensureSystemPackages(say, needed = FOR_TESTS) {
  const missing = needed.filter((program) => !find(program)).map((program) => program.package);
  if (missing.length > 0) {
    const install = ["install", "-y", "--no-install-recommends", ...missing];
    if (process.getuid?.() !== 0 || !isDebian()) {
      throw new PrepareError(
        `This needs ${missing.join(" and ")}. Install with:\n  sudo apt-get update && sudo apt-get ${install.join(" ")}`,
      );
    }
    say(`Installing ${missing.join(" and ")} …`);
    aptGet(["update"]);
    aptGet(install);
  }
  const named = needed.filter((program) => program.setting);
  return Object.fromEntries(named.map((program) => [program.setting, find(program)]));
}
