import { execFile } from "node:child_process";
import { accessSync, constants, existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { PrepareError } from "./prepare.mjs";

/** Programs of the system, by the names they may have, and Debian's package for each; others will do where it is not to be had. */
const REDIS = { names: ["redis-server"], package: "redis-server" };
/** The browser without its windows does the same in a third of the processor's time. */
const BROWSER = {
  names: ["chromium-headless-shell"],
  others: ["chromium", "chromium-browser", "google-chrome"],
  package: "chromium-headless-shell",
  setting: "CHROMIUM_PATH",
};
const FOR_TESTS = [REDIS, BROWSER];
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

const findOther = (program) => program.others?.map(findInPath).find(Boolean);

function isDebian() {
  try {
    return /^ID(_LIKE)?=.*(debian|ubuntu)/m.test(readFileSync("/etc/os-release", "utf8"));
  } catch {
    return false;
  }
}

async function aptGet(args) {
  try {
    await promisify(execFile)("apt-get", args, { env: WITHOUT_QUESTIONS, maxBuffer: Number.POSITIVE_INFINITY });
  } catch ({ stdout = "", stderr = "" }) {
    const tail = `${stdout}${stderr}`.trim().split("\n").slice(-8).join("\n");
    throw new PrepareError(`apt-get ${args.join(" ")} failed:\n${tail}`);
  }
}

const installLine = (packages) => ["install", "-y", "--no-install-recommends", ...packages];

/** With apt-get. One that is not to be had is done without where another program will do. */
async function install(missing, say) {
  say(`Installing ${missing.map((program) => program.package).join(" and ")} …`);
  const updated = aptGet(["update"]);
  for (const program of missing) {
    try {
      await updated;
      await aptGet(installLine([program.package]));
    } catch (error) {
      if (!findOther(program)) throw error;
      say(`${program.package} is not to be had: going on with ${findOther(program)}.`);
    }
  }
}

/**
 * Finds programs, those of the tests by default, installing what is missing when this is root on Debian or Ubuntu.
 * @returns settings that name what was found
 * @throws PrepareError with the exact command to run
 */
export async function ensureSystemPackages(say, needed = FOR_TESTS) {
  const missing = needed.filter((program) => !find(program));
  const lacking = missing.filter((program) => !findOther(program)).map((program) => program.package);
  if (process.getuid?.() === 0 && isDebian()) {
    if (missing.length > 0) await install(missing, say);
  } else if (lacking.length > 0) {
    throw new PrepareError(
      `This needs ${lacking.join(" and ")}. Install with:\n  sudo apt-get update && sudo apt-get ${installLine(lacking).join(" ")}`,
    );
  }
  const named = needed.filter((program) => program.setting);
  return Object.fromEntries(named.map((program) => [program.setting, find(program) ?? findOther(program)]));
}
