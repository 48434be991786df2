import { randomBytes } from "node:crypto";
import * as fs from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { THROWAWAY } from "./check-server.server";
import type { Home } from "./home.server";
import { findPostmaster, type Postmaster } from "./postmaster.server";
import { runBinary, telltaleLine } from "./run-binary.server";

export const SUPERUSER = "guazuapp";

/** Crash recovery after a long run may take a while; pg_ctl counts in seconds. */
const START_LIMIT_S = 180;
const STOP_LIMIT_S = 60;
const START_TRIES = 4;
/** Another program took the free port in between, or a killed server's children are not all gone yet. */
const PASSING_FAULT = /Address already in use|could not bind|pre-existing shared memory block/i;

const ALWAYS = ["listen_addresses=127.0.0.1", "timezone=UTC", "log_timezone=UTC", "log_checkpoints=off", "jit=off"];
/** An acknowledged message is on disk: no file of settings may say otherwise. */
const DURABLE = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"];
/** Says itself that it may forget, or the product would refuse it. */
const FORGETFUL = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", `${THROWAWAY}=on`];

/** pg_trgm and text search ask the system what a letter is: with "C" alone, ñ and á are none. The last always exists. */
const LETTER_LOCALES = ["C.UTF-8", "en_US.UTF-8", "UTF-8", "C"];

function faultIn(home: Home, what: string, output: string): Error {
  return new Error(`the embedded PostgreSQL could not ${what}: ${telltaleLine(output)} (log: ${home.log})`);
}

function writeFor(home: Home, path: string, text: string): void {
  fs.writeFileSync(path, text, { mode: 0o600, flag: "wx" });
  if (home.user) fs.chownSync(path, home.user.uid, home.user.gid);
}

function clearUnfinished(home: Home): void {
  for (const name of fs.readdirSync(home.folder)) {
    if (name.startsWith("unfinished-")) fs.rmSync(join(home.folder, name), { recursive: true, force: true });
  }
}

/** Runs initdb into `folder` with the first of the system's locales that it knows. */
async function runInitdb(home: Home, binaries: string, folder: string, passwordFile: string, durable: boolean) {
  const locale = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"];
  const access = [`--username=${SUPERUSER}`, `--pwfile=${passwordFile}`, "--auth=scram-sha-256"];
  const size = ["--set=shared_buffers=128MB", "--set=max_connections=100"];
  const args = ["-D", folder, "--no-instructions", ...locale, ...access, ...size, ...(durable ? [] : ["--no-sync"])];
  let outcome = { code: 1, output: "" };
  for (const ctype of LETTER_LOCALES) {
    outcome = await runBinary(binaries, "initdb", [...args, `--lc-ctype=${ctype}`], home);
    if (outcome.code === 0 || !/invalid locale/i.test(outcome.output)) break;
  }
  return outcome;
}

/**
 * Makes the cluster under another name and then renames it, so that a half made one is never taken for whole. Texts are
 * UTF-8 in the order of their code points, by PostgreSQL's own rules: indexes outlive a change of ICU or of the system's
 * locales. Lists for people name a collation.
 */
export async function initialize(home: Home, binaries: string, durable: boolean): Promise<void> {
  clearUnfinished(home);
  const unfinished = join(home.folder, `unfinished-${randomBytes(4).toString("hex")}`);
  const password = randomBytes(24).toString("base64url");
  const passwordCopy = `${unfinished}-password`;
  writeFor(home, passwordCopy, password);
  const { code, output } = await runInitdb(home, binaries, unfinished, passwordCopy, durable);
  if (code !== 0) {
    clearUnfinished(home);
    throw faultIn(home, "make its database", output);
  }
  fs.writeFileSync(home.passwordFile, `${password}\n`, { mode: 0o600 });
  fs.renameSync(unfinished, home.cluster);
  clearUnfinished(home);
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function serverOptions(port: number, durable: boolean): string {
  const sockets = process.platform === "win32" ? [] : ["unix_socket_directories="];
  const settings = [...ALWAYS, ...(durable ? DURABLE : FORGETFUL), ...sockets];
  return [`-p ${port}`, ...settings.map((setting) => `-c ${setting}`)].join(" ");
}

/**
 * Starts the cluster's server on a free port of 127.0.0.1 and waits until it takes connections.
 * @throws Error with one line that names the fault and the log
 */
export async function launch(home: Home, binaries: string, durable: boolean): Promise<Postmaster> {
  for (let attempt = 1; ; attempt += 1) {
    const options = serverOptions(await findFreePort(), durable);
    const args = ["start", "-s", "-w", "-t", String(START_LIMIT_S), "-D", home.cluster, "-l", home.log, "-o", options];
    const { code, output } = await runBinary(binaries, "pg_ctl", args, home);
    const started = code === 0 ? findPostmaster(home.cluster) : undefined;
    if (started) return started;
    if (attempt === START_TRIES || !PASSING_FAULT.test(output)) throw faultIn(home, "start", output);
    await new Promise((done) => setTimeout(done, 250 * attempt));
  }
}

/** Stops the server after cutting its connections, its transactions rolled back; nothing to do when it is gone. */
export async function halt(home: Home, binaries: string): Promise<void> {
  if (!findPostmaster(home.cluster)) return;
  const args = ["stop", "-s", "-w", "-t", String(STOP_LIMIT_S), "-m", "fast", "-D", home.cluster];
  const { code, output } = await runBinary(binaries, "pg_ctl", args, home);
  if (code !== 0 && findPostmaster(home.cluster)) throw faultIn(home, "stop", output);
}
