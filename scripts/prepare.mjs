// What every command needs first: the right Node, the settings of .env, dependencies and a build that fit the sources.
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { buildFingerprint, isInstalled } from "./fingerprint.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

const LOCK = join(root, ".cache", "prepare.lock");
const STAMP = join(root, "build", ".stamp");
const TAIL_LINES = 15;
const REASON_LINES = 6;

/** A failure that its message explains; the commands print it and end with 1. */
export class PrepareError extends Error {
  /** @param output what the command that failed printed */
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split(".").map(Number);
  if (major >= 22 || (major === 20 && minor >= 19)) return;
  throw new PrepareError(`GuazuApp needs Node 20.19 (or a later 20) or Node 22 and later; this is Node ${version}.`);
}

/** Settings of a file .env; those of the environment win. */
export function loadSettings() {
  const file = join(root, ".env");
  if (existsSync(file)) process.loadEnvFile(file);
}

/** The npm that runs us, else the one in PATH. */
export function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && /npm-cli\.js$/.test(script)) return { file: process.execPath, first: [script], shell: false };
  return { file: "npm", first: [], shell: process.platform === "win32" };
}

/** Runs npm without showing what it prints; rejects with the tail of that when it fails. */
function runNpm(args, what, env = {}) {
  const { file, first, shell } = npmCommand();
  return new Promise((done, fail) => {
    const child = spawn(file, [...first, ...args], {
      cwd: root,
      shell,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk) => {
      output = (output + chunk).slice(-20_000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => fail(new PrepareError(`${what} failed: npm cannot be started (${error.message})`)));
    child.on("close", (code) => {
      if (code === 0) return done();
      fail(new PrepareError(`${what} failed (npm ${args.join(" ")}):\n${tailOf(output)}`, output));
    });
  });
}

/** npm's advertisements, its stack traces and the name of its log say nothing about the failure. */
const ASIDE = /^npm (notice|warn)|^npm error\s+at |^npm error\s*$|complete log of this run/i;

/** What a person needs of a failure: npm's reason, which stands where its error begins, else the last lines. */
export function tailOf(output) {
  const lines = output.split(/\r?\n/).filter((line) => line.trim() && !ASIDE.test(line));
  const reason = lines.findIndex((line) => line.startsWith("npm error code"));
  return (reason < 0 ? lines.slice(-TAIL_LINES) : lines.slice(reason, reason + REASON_LINES)).join("\n");
}

function takeLock() {
  try {
    writeFileSync(LOCK, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** The process that prepares now; undefined when it is gone, and its lock with it. */
function preparingProcess() {
  try {
    const pid = Number(readFileSync(LOCK, "utf8"));
    if (!pid) return undefined;
    process.kill(pid, 0);
    return pid;
  } catch (error) {
    if (error.code === "EPERM") return "?";
    return undefined;
  }
}

/** Two commands started together install and build once. */
async function alone(say, work) {
  mkdirSync(dirname(LOCK), { recursive: true });
  for (let waited = 0; !takeLock(); waited += 1) {
    const other = preparingProcess();
    if (waited === 0 && other) say(`Waiting for process ${other}, which is preparing this folder …`);
    await sleep(250);
    // Twice seen gone: its writer may just have created the file.
    if (!other && !preparingProcess()) rmSync(LOCK, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(LOCK, { force: true });
  }
}

async function timed(say, doing, done, work) {
  say(`${doing} …`);
  const began = Date.now();
  await work();
  say(`${done} in ${Math.max(1, Math.round((Date.now() - began) / 1000))} s.`);
}

/** Install scripts are not run: none is needed, and so none can do harm; what they would do, the product does. */
const INSTALL_OPTIONS = [
  "--ignore-scripts",
  "--include=dev",
  "--include=optional",
  "--prefer-offline",
  "--no-audit",
  "--no-fund",
];

/**
 * npm 11's "ci" refuses a lock file without the packages that the registry lacks for other systems
 * (github.com/npm/cli/issues/9846), though none is installed; "install" reads the same lock file and does not mind.
 */
async function install() {
  try {
    await runNpm(["ci", ...INSTALL_OPTIONS], "Installing dependencies");
  } catch (error) {
    if (!/EUSAGE|in sync/.test(error.output ?? "")) throw error;
    await runNpm(["install", "--no-save", ...INSTALL_OPTIONS], "Installing dependencies");
    if (isInstalled(root)) return;
    throw new PrepareError("package.json and package-lock.json do not agree: run npm install and commit both.");
  }
}

export async function ensureInstalled(say) {
  if (isInstalled(root)) return;
  await alone(say, async () => {
    if (isInstalled(root)) return;
    await timed(say, "Installing dependencies", "Dependencies installed", install);
  });
}

function isBuilt() {
  return existsSync(STAMP) && readFileSync(STAMP, "utf8") === buildFingerprint(root);
}

async function build() {
  const made = buildFingerprint(root);
  rmSync(STAMP, { force: true });
  await runNpm(["run", "-s", "build"], "Building", { NODE_ENV: "production" });
  writeFileSync(STAMP, made);
}

export async function ensureBuilt(say) {
  if (isBuilt()) return;
  await alone(say, async () => {
    if (isBuilt()) return;
    await timed(say, "Building", "Built", build);
  });
}

/** Runs a command of scripts/: a foreseen failure is printed without a stack. */
export async function main(work) {
  try {
    checkNode();
    process.chdir(root);
    await work();
  } catch (error) {
    console.error(error instanceof PrepareError ? error.message : error);
    process.exitCode = 1;
  }
}
