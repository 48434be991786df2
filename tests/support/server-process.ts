import { type ChildProcess, spawn } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";

const root = process.cwd();
/** Below node_modules, so that what is bundled finds its packages. */
const folder = join(root, "node_modules", ".cache", `server-process-${process.pid}`);

/** A product of two routes, whose runtime says on stdout what it is asked to do. */
const PRODUCT = `
import { serveSite } from "./app/platform/http/index.server";
const say = (text) => console.log(text);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const runtime = {
  start: async (env) => {
    if (env.START_FAILS) throw new Error(env.START_FAILS);
    say("starting");
    await wait(Number(env.START_MS ?? 0));
    // Stands for the database's connections, which keep a process that only works alive.
    setInterval(() => {}, 1_000);
    return { host: "127.0.0.1", port: Number(env.PORT), publicUrl: "http://guess.test", trustProxy: false, services: new Set(env.SERVICES.split(",")) };
  },
  ready: () => true,
  hub: (app) => { say("hub"); app.ws("/hub", {}); },
  serve: async (site) => {
    const server = await serveSite(site);
    say(server ? "port " + server.port : "no port");
    return server;
  },
  banner: () => "banner",
  stop: async () => { say("stop"); await wait(Number(process.env.STOP_MS ?? 0)); say("stopped"); },
};
const routes = {
  slow: async () => { say("slow begins"); await wait(400); say("slow ends"); return new Response("finished"); },
  where: async ({ request, context }) => Response.json({ url: request.url, address: context.clientAddress, node: process.env.NODE_ENV }),
  reject: async () => { Promise.reject(new Error("nobody handles this")); return new Response("ok"); },
  crash: async () => { setTimeout(() => { throw new Error("nobody catches this"); }); return new Response("ok"); },
};
const root = { id: "root", path: "", module: { default: () => null } };
const route = (id) => [id, { id, parentId: "root", path: id, module: { loader: routes[id] } }];
const asset = (id) => [id, { id, path: id, hasLoader: true, module: "/x.js" }];
const built = {
  entry: { module: { runtime, default: async () => new Response("page", { status: 404 }), handleError: () => {} } },
  routes: { root, ...Object.fromEntries(Object.keys(routes).map(route)) },
  assets: { entry: { module: "", imports: [] }, routes: Object.fromEntries(Object.keys(routes).map(asset)), url: "", version: "1" },
  publicPath: "/", assetsBuildDirectory: "", mode: "production", isSpaMode: false,
  future: { v3_singleFetch: true, v3_lazyRouteDiscovery: true },
};
export const { entry, assets, publicPath, assetsBuildDirectory, mode, isSpaMode, future } = built;
export const routesOfBuild = built.routes;
export { routesOfBuild as routes };
`;

/** Bundles server.ts as the build does, beside a product that stands in for ours. */
export async function bundleServer() {
  await mkdir(join(folder, "server"), { recursive: true });
  const options = {
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    target: "node20",
    logLevel: "warning",
  } as const;
  await build({ ...options, entryPoints: [join(root, "server.ts")], outfile: join(folder, "server.js") });
  const stdin = { contents: PRODUCT, resolveDir: root, loader: "ts" } as const;
  await build({ ...options, stdin, outfile: join(folder, "server", "index.js") });
}

export const removeBundle = () => rm(folder, { recursive: true, force: true });

export type ServerProcess = {
  child: ChildProcess;
  out: () => string;
  err: () => string;
  /** Waits for a piece of stdout. */
  said: (piece: string) => Promise<void>;
  exited: Promise<number | null>;
  url: () => string;
};

export function startProcess(env: Record<string, string> = {}): ServerProcess {
  const settings: Record<string, string> = { PORT: "0", SERVICES: "web,hub,worker", LOG_LEVEL: "silent", ...env };
  const child = spawn(process.execPath, [join(folder, "server.js")], { env: settings as NodeJS.ProcessEnv });
  let out = "";
  let err = "";
  child.stdout.on("data", (data) => (out += data));
  child.stderr.on("data", (data) => (err += data));
  const exited = new Promise<number | null>((done) => child.on("exit", (code) => done(code)));
  const said = async (piece: string) => {
    for (const end = Date.now() + 10_000; !out.includes(piece); await new Promise((next) => setTimeout(next, 10)))
      if (Date.now() > end || child.exitCode !== null) throw new Error(`never said "${piece}" but: ${out}${err}`);
  };
  const url = () => `http://127.0.0.1:${/port (\d+)/.exec(out)?.[1]}`;
  return { child, out: () => out, err: () => err, said, exited, url };
}
