import { spawn } from "node:child_process";
import { constants } from "node:os";
import { fileURLToPath } from "node:url";
import { root } from "./prepare.mjs";

const WITH_PARENT = new URL("./with-parent.mjs", import.meta.url);

const WATCH_MS = 500;

/** npm's shell may die of a signal without passing it on, and npm with it: then nobody is left to stop the server. */
function whenNpmIsGone(act) {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => process.ppid !== parent && act(), WATCH_MS).unref();
}

/**
 * Runs a server with Node until it ends, and ends with its code. The server has a process group of its own, so that a
 * signal to ours (Ctrl-C, or npm passing on what the group already got) reaches it once, from here.
 * @param stopSignal sent in place of whatever signal reached us
 */
export function runServer(args, env, stopSignal) {
  const child = spawn(process.execPath, ["--import", WITH_PARENT.href, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
  let passedOn = false;
  const passOn = (signal) => {
    if (passedOn) return;
    passedOn = true;
    child.kill(stopSignal ?? signal);
  };
  process.on("SIGTERM", () => passOn("SIGTERM"));
  process.on("SIGINT", () => passOn("SIGINT"));
  process.on("SIGHUP", () => passOn("SIGTERM"));
  whenNpmIsGone(() => passOn("SIGTERM"));
  child.on("error", (error) => {
    console.error(`Cannot start ${fileURLToPath(WITH_PARENT)} with Node: ${error.message}`);
    process.exit(1);
  });
  child.on("exit", (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
