// npm test: all set-up and every test. One part that fails does not stop the next; the last line counts them all.
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensureBuilt, ensureInstalled, main, npmCommand, PrepareError, root } from "./prepare.mjs";
import { ensureSystemPackages } from "./system-packages.mjs";
import { countSuite, summaryLine } from "./test-results.mjs";

/**
 * One stage after the other, each of lanes that go on beside each other, each of parts after one another: a check takes
 * one core, and what waits for a database, a browser or a server to come back leaves the cores to others. Only the first
 * lane's output is shown as it comes. `1/2` of a suite is every other file of it.
 */
const STAGES = [
  [
    ["build", "check:imports", "check:dead"],
    ["check:types", "check:biome"],
  ],
  [["db"], ["unit", "alone", "product"]],
  [["stories 1/2"], ["stories 2/2"], ["faults"]],
];
/** These tests start servers: one file after the other. Vitest takes this for a run, not for a project. */
const ONE_BY_ONE = new Set(["stories", "product", "faults"]);
/** Each file in a process of its own. The files of the others share one: to load the product anew for each took half the time. */
const ISOLATED = new Set(["alone"]);
const VITEST = "node_modules/vitest/vitest.mjs";
/** A suite that hangs must not hang the run: all of them are done in a fraction of this. */
const PART_LIMIT_MS = 25 * 60_000;
const KILL_AFTER_MS = 15_000;

const strict = ["1", "true"].includes(process.env.CI ?? "");

/** The tests choose every setting themselves: none of this shell's, least of all a DATABASE_URL, reaches them. */
function environmentWithoutSettings(more) {
  const env = { ...process.env, ...more };
  for (const [, name] of readFileSync(join(root, ".env.example"), "utf8").matchAll(/^#? ?([A-Z0-9_]+)=/gm))
    delete env[name];
  return env;
}

/**
 * Runs to the end; 1 when it had to be stopped.
 * @param options.kept what it prints is added here instead of being shown
 */
function run(file, args, env, { shell = false, kept } = {}) {
  return new Promise((done) => {
    const out = kept ? "pipe" : "inherit";
    const child = spawn(file, args, { cwd: root, env, shell, stdio: ["ignore", out, out] });
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding("utf8").on("data", (text) => kept.push(text));
    const timer = setTimeout(() => {
      console.log(`Stopped after ${PART_LIMIT_MS / 60_000} minutes.`);
      child.kill("SIGTERM");
      setTimeout(() => child.kill("SIGKILL"), KILL_AFTER_MS).unref();
    }, PART_LIMIT_MS);
    child.on("error", (error) => console.log(error.message));
    child.on("close", (code) => {
      clearTimeout(timer);
      done(code ?? 1);
    });
  });
}

function one(ok, what) {
  console.log(`${ok ? "passed" : "FAILED"}: ${what}`);
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1 };
}

async function runBuild() {
  try {
    await ensureBuilt(console.log);
    return one(true, "build");
  } catch (error) {
    console.log(error.message);
    return one(false, "build");
  }
}

/** What it prints comes at its end. */
async function runCheck(check, env) {
  const { file, first, shell } = npmCommand();
  const kept = [];
  const code = await run(file, [...first, "run", "-s", check], env, { shell, kept });
  const text = kept.join("").trim();
  if (text) console.log(text);
  return one(code === 0, check);
}

/** @param beside another suite of the stage shows what it prints meanwhile: this one's comes as a whole at its end */
async function runSuite(part, folder, env, beside) {
  const [suite, shard] = part.split(" ");
  const kept = beside ? [] : undefined;
  const title = `\n── ${part} ──`;
  if (!beside) console.log(title);
  const file = join(folder, `${part.replaceAll(/\W/g, "-")}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];
  const args = [
    VITEST,
    "run",
    "--project",
    suite,
    ...(shard ? ["--shard", shard] : []),
    ...(ONE_BY_ONE.has(suite) ? ["--no-file-parallelism"] : []),
    ...(ISOLATED.has(suite) ? [] : ["--no-isolate"]),
    ...reporters,
  ];
  const code = await run(process.execPath, args, env, { kept });
  if (kept) console.log(`${title}\n${kept.join("")}`);
  const report = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
  const counts = countSuite(report, code, { strict });
  for (const note of counts.notes) console.log(`FAILED: ${part}: ${note}`);
  console.log(`${part}: ${summaryLine([counts])}`);
  return counts;
}

function runPart(part, folder, env, beside) {
  if (part === "build") return runBuild();
  return part.startsWith("check:") ? runCheck(part, env) : runSuite(part, folder, env, beside);
}

async function runLane(lane, folder, env, beside) {
  const counts = [];
  for (const part of lane) counts.push(await runPart(part, folder, env, beside));
  return counts;
}

async function runAll(env) {
  const counts = [];
  const folder = mkdtempSync(join(tmpdir(), "guazu-test-"));
  try {
    for (const lanes of STAGES)
      counts.push(...(await Promise.all(lanes.map((lane, place) => runLane(lane, folder, env, place > 0)))).flat());
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return counts;
}

async function setUp() {
  const [programs] = await Promise.all([ensureSystemPackages(console.log), ensureInstalled(console.log)]);
  return environmentWithoutSettings({ NODE_ENV: "test", ...programs });
}

await main(async () => {
  let counts;
  try {
    counts = await runAll(await setUp());
  } catch (error) {
    if (!(error instanceof PrepareError)) throw error;
    console.log(error.message);
    counts = [one(false, "set-up")];
  }
  console.log(`\n${summaryLine(counts)}`);
  process.exitCode = counts.some((count) => count.failed > 0) ? 1 : 0;
});
