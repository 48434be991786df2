import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { startEmbeddedPostgres } from "../../app/platform/postgres/embedded.server";
import { newDataDir } from "./data/data-dir";
import { runKeptCommand } from "./kept-commands";

const BUILD = resolve("build");
const START_MS = 90_000;

export const APP_SECRET = "product-app-secret";
export const VERIFY_TOKEN = "product-verify-token";

type Settings = Record<string, string>;
type Ended = { code: number | null; stdout: string; stderr: string };

/** A port that nobody holds at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  return typeof address === "object" && address ? address.port : 0;
}

/** Nothing of this shell's settings reaches the product. */
function environment(settings: Settings): NodeJS.ProcessEnv {
  const { PATH, HOME, TMPDIR, LANG } = process.env;
  return { PATH, HOME, TMPDIR, LANG, NODE_ENV: "production", LOG_LEVEL: "warn", ...settings };
}

/** Runs Node until it ends. */
export async function runNode(args: string[], settings: Settings): Promise<Ended> {
  const child = spawn(process.execPath, args, { env: environment(settings), stdio: ["ignore", "pipe", "pipe"] });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (data) => (stdout += data));
  child.stderr.on("data", (data) => (stderr += data));
  const [code] = await once(child, "close");
  return { code, stdout, stderr };
}

/** Starts the built server and waits for its end: for starts that are refused. */
export const runServer = (settings: Settings) => runNode([join(BUILD, "server.js")], settings);

const COMMAND = `
const build = await import(${JSON.stringify(pathToFileURL(join(BUILD, "server/index.js")).href)});
const code = await build.entry.module.runCommand(process.argv.slice(1));
process.stdout.write("", () => process.exit(code));`;

/** One administration command of the build, in a process of its own, as `npm run guazu` runs it after its set-up. */
export const runCli = (settings: Settings, ...args: string[]) =>
  runNode(["--input-type=module", "-e", COMMAND, "--", ...args], settings);

type ApiError = { code: string; message: string; data?: unknown; request_id: string };
type Answer<Data> = {
  status: number;
  headers: Headers;
  data: Data;
  next_cursor?: string | null;
  error?: ApiError;
};
export type Api = ReturnType<typeof apiOf>;

/** Calls the REST API as a token's member. */
export function apiOf(url: string, token: string) {
  return async <Data>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer<Data>> => {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, ...(text ? JSON.parse(text) : {}) };
  };
}

type Running = { child: ChildProcess; ended: Promise<number | null> };

async function launch(settings: Settings, said: { text: string }): Promise<Running> {
  const child = spawn(process.execPath, [join(BUILD, "server.js")], {
    env: environment(settings),
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = once(child, "exit").then(([code]) => code as number | null);
  const from = said.text.length;
  const heard = (data: Buffer) => (said.text += data);
  child.stderr.on("data", heard);
  let timer: NodeJS.Timeout | undefined;
  const ready = new Promise<void>((done, fail) => {
    child.stdout.on("data", (data) => {
      heard(data);
      if (said.text.includes("GuazuApp: http", from)) done();
    });
    void ended.then((code) => fail(new Error(`the server ended with ${code}: ${said.text.slice(from)}`)));
    timer = setTimeout(() => {
      child.kill("SIGKILL");
      fail(new Error(`the server was not ready within ${START_MS} ms: ${said.text.slice(from)}`));
    }, START_MS);
  });
  await ready.finally(() => clearTimeout(timer));
  return { child, ended };
}

/** The embedded PostgreSQL outlives a server that was killed; whoever joins it last stops it. */
async function stopSurvivor(dataDir: string): Promise<void> {
  const postgres = await startEmbeddedPostgres(dataDir, { durable: false });
  await postgres.stop();
}

export type Product = Awaited<ReturnType<typeof startProduct>>;

/**
 * The built product on a free port with a data folder of its own, filled with the demo. Needs a build: `npm test` makes
 * one, `npm run build` too.
 */
export async function startProduct({ env = {}, dataDir = newDataDir(env) }: { env?: Settings; dataDir?: string } = {}) {
  const port = Number(env.PORT ?? (await freePort()));
  const url = `http://127.0.0.1:${port}`;
  const settings: Settings = {
    PORT: String(port),
    HOST: "127.0.0.1",
    PUBLIC_URL: url,
    DATA_DIR: dataDir,
    DEMO: "1",
    META_APP_SECRET: APP_SECRET,
    META_VERIFY_TOKEN: VERIFY_TOKEN,
    META_GRAPH_URL: "http://127.0.0.1:9",
    ...env,
  };
  const said = { text: "" };
  let running: Running | null = await launch(settings, said);
  let killed = false;

  async function end(signal: "SIGTERM" | "SIGKILL"): Promise<number | null> {
    const { child, ended } = running ?? { child: null, ended: null };
    running = null;
    child?.kill(signal);
    return ended ? await ended : null;
  }
  const cli = async <Result = Record<string, string>>(...args: string[]): Promise<Result> => {
    const { code, stdout, stderr } = await runKeptCommand(environment(settings), [...args, "--json"]);
    if (code !== 0) throw new Error(`guazu ${args[0]} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
  };

  return {
    url,
    port,
    dataDir,
    settings,
    /** What it has written so far. */
    said: () => said.text,
    pid: () => running?.child.pid,
    cli,
    /** Calls the API with a new token of the member with this address; by default the demo's admin. */
    async api(member?: string) {
      const whose = member ? ["--member", member] : [];
      const { token } = await cli<{ token: string }>("token:create", "--org", "demo", "--scopes", "*", ...whose);
      return apiOf(url, token);
    },
    /** Ends it as an operator does; gives the exit code. */
    stop: () => end("SIGTERM"),
    /** Ends it as a power cut does; its PostgreSQL stays. */
    async kill9() {
      killed = true;
      await end("SIGKILL");
    },
    /** Starts it again, on the same port and data. */
    async startAgain() {
      running = await launch(settings, said);
      killed = false;
    },
    /** Ends it and removes its data. */
    async dispose() {
      const wasRunning = running !== null;
      const code = await end("SIGTERM");
      if (killed && !settings.DATABASE_URL) await stopSurvivor(dataDir);
      rmSync(resolve(dataDir, ".."), { recursive: true, force: true });
      if (wasRunning && code !== 0) throw new Error(`the server ended with ${code}: ${said.text.slice(-2000)}`);
    },
  };
}
