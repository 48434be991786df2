import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { ServerBuild } from "@remix-run/server-runtime";
import type { ServerRuntime, Site } from "./app/platform/http/index.server";

// Read by uWebSockets.js and by React when they are loaded, and both come in with the build.
process.env.UWS_HTTP_MAX_HEADERS_SIZE ??= "16384";
const development = process.env.GUAZU_DEV === "1";
process.env.NODE_ENV ??= development ? "development" : "production";

type Build = ServerBuild & { entry: { module: { runtime: ServerRuntime } } };
/** Where pages and files come from: the build, or the source by Vite. */
type Source = Pick<Site, "build" | "mode" | "clientDirectory" | "first"> & {
  runtime: ServerRuntime;
  close(): Promise<void>;
};
type Server = Awaited<ReturnType<ServerRuntime["serve"]>>;

/**
 * For the requests under way; the rest of the 20 s that a stop may take is for the hub's sockets, the jobs, the
 * database.
 */
const REQUESTS_MS = 10_000;
const STOP_MS = 19_000;

async function loadBuild(): Promise<Source> {
  const build = (await import(new URL("./server/index.js", import.meta.url).href)) as Build;
  const clientDirectory = fileURLToPath(new URL("./client", import.meta.url));
  return {
    runtime: build.entry.module.runtime,
    build,
    mode: "production",
    clientDirectory,
    close: async () => undefined,
  };
}

/**
 * Pages are loaded anew for each request; the runtime, with its database and sockets, is the first load's and stays.
 */
async function loadSource(): Promise<Source> {
  const vite = await import("vite");
  const loopback = createServer();
  await new Promise<void>((opened) => loopback.listen(0, "127.0.0.1", opened));
  const { port } = loopback.address() as AddressInfo;
  const dev = await vite.createServer({
    appType: "custom",
    server: { middlewareMode: true, hmr: { server: loopback, protocol: "ws", host: "127.0.0.1", clientPort: port } },
  });
  loopback.on("request", (req, res) =>
    dev.middlewares(req, res, () => res.writeHead(404, { "x-not-a-module": "1" }).end()),
  );
  const load = async () => (await dev.ssrLoadModule("virtual:remix/server-build")) as Build;
  const close = async () => {
    await dev.close();
    loopback.close();
    loopback.closeAllConnections();
  };
  const { runtime } = (await load()).entry.module;
  let newest = runtime;
  const build = async () => {
    const loaded = await load();
    if (loaded.entry.module.runtime !== newest) {
      newest = loaded.entry.module.runtime;
      console.log("Code of the server itself changed: the hub and the jobs take it at the next npm run dev.");
    }
    return loaded;
  };
  return { runtime, build, mode: "development", clientDirectory: undefined, first: askVite(port), close };
}

/** Vite's middlewares want Node's own request and response: it has a port of its own, and is asked before Remix. */
const askVite =
  (port: number) =>
  async (request: Request): Promise<Response | undefined> => {
    if (request.method !== "GET" && request.method !== "HEAD") return undefined;
    const { pathname, search } = new URL(request.url);
    const headers = new Headers(request.headers);
    for (const name of ["accept-encoding", "host", "x-forwarded-for"]) headers.delete(name);
    const { method, signal } = request;
    const answer = await fetch(`http://127.0.0.1:${port}${pathname}${search}`, { method, headers, signal });
    if (answer.headers.has("x-not-a-module")) return undefined;
    // Whole, since the end of our own answer also ends what is still being read for it.
    const body = await answer.arrayBuffer();
    return new Response(body.byteLength > 0 ? body : null, answer);
  };

/** The query builder writes a statement's values into its errors. */
const withoutValues = (text: string) => text.replace(/\nparams: [\s\S]*?(?=\n {4}at |$)/g, "");

/** One line for what no part of the product caught; its own log is out of reach here. */
function logFault(msg: string, error: unknown) {
  const { name, message, stack = "" } = error instanceof Error ? error : new Error(String(error));
  const err = { type: name, message: withoutValues(message), stack: withoutValues(stack) };
  const line = { level: 60, time: Date.now(), pid: process.pid, msg, err };
  process.stderr.write(`${JSON.stringify(line)}\n`);
}

/** Drains and stops at the first signal; exits 0, or 1 when something did not stop in time. */
function stopOnSignal({ runtime, close }: Source, opened: Promise<Server>) {
  let stopping = false;
  const stop = async () => {
    const server = await opened.catch(() => undefined);
    await server?.drain(REQUESTS_MS);
    await runtime.stop();
    server?.close();
    await close();
  };
  const onSignal = () => {
    if (stopping) return;
    stopping = true;
    const late = new Promise((_, tooLate) =>
      setTimeout(tooLate, STOP_MS, new Error(`not stopped within ${STOP_MS} ms`)),
    );
    Promise.race([stop(), late]).then(
      () => process.exit(0),
      (error: unknown) => {
        logFault("the stop failed", error);
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", onSignal);
  process.on("SIGINT", onSignal);
  return () => stopping;
}

async function open({ runtime, close: _, ...site }: Source): Promise<Server> {
  const settings = await runtime.start(process.env);
  // Without the setting the runtime's address is a guess, and the Host header knows better.
  const publicUrl = process.env.PUBLIC_URL ? settings.publicUrl : undefined;
  try {
    return await runtime.serve({
      ...site,
      settings: { ...settings, publicUrl },
      ready: runtime.ready,
      metrics: runtime.metrics,
      onAnswered: runtime.onAnswered,
      posts: runtime.posts,
      hub: runtime.hub,
    });
  } catch (error) {
    await runtime.stop();
    throw error;
  }
}

async function main() {
  const source = await (development ? loadSource() : loadBuild());
  // A turn later, so that a signal finds its handler from the first moment on.
  const opened = Promise.resolve(source).then(open);
  const isStopping = stopOnSignal(source, opened);
  await opened;
  if (!isStopping()) console.log(source.runtime.banner());
}

process.on("unhandledRejection", (reason) => logFault("a rejection that nobody handled", reason));
process.on("uncaughtException", (error) => {
  logFault("an exception that nobody caught", error);
  process.exit(1);
});
main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
