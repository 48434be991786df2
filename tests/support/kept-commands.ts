import { type ChildProcess, spawn } from "node:child_process";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

type Ended = { code: number | null; stdout: string; stderr: string };

/** Runs one command after the other with the settings of each, and tells what it said. Ends with who started it. */
const SOURCE = `
const { runCommand } = (await import(process.argv[1])).entry.module;
async function run({ env, words }) {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, env);
  const said = { stdout: "", stderr: "" };
  const back = Object.keys(said).map((name) => {
    const { write } = process[name];
    process[name].write = (text) => { said[name] += text; return true; };
    return () => { process[name].write = write; };
  });
  const code = await runCommand(words);
  for (const restore of back) restore();
  process.send({ code, ...said });
}
let last = Promise.resolve();
process.on("message", (call) => { last = last.then(() => run(call)); });
process.on("disconnect", () => process.exit(0));
process.send("ready");`;

let kept: Promise<ChildProcess> | undefined;
let last: Promise<unknown> = Promise.resolve();

function launch(): Promise<ChildProcess> {
  const build = pathToFileURL(resolve("build/server/index.js")).href;
  const child = spawn(process.execPath, ["--input-type=module", "-e", SOURCE, "--", build], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  return new Promise((done, fail) => {
    child.once("message", () => {
      child.unref();
      child.channel?.unref();
      done(child);
    });
    child.once("exit", (code) => {
      kept = undefined;
      fail(new Error(`the process of the commands ended with ${code}`));
    });
  });
}

async function ask(env: NodeJS.ProcessEnv, words: string[]): Promise<Ended> {
  kept ??= launch();
  const child = await kept;
  child.channel?.ref();
  try {
    return await new Promise<Ended>((done, fail) => {
      const ended = (code: number | null) => fail(new Error(`the process of the commands ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (said) => {
        child.off("exit", ended);
        done(said as Ended);
      });
      child.send({ env, words });
    });
  } finally {
    child.channel?.unref();
  }
}

/** One command of the build, in a process that all share: to load the build anew for each takes most of its time. */
export function runKeptCommand(env: NodeJS.ProcessEnv, words: string[]): Promise<Ended> {
  const asked = last.then(() => ask(env, words));
  last = asked.catch(() => {});
  return asked;
}
