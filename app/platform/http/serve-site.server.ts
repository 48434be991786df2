import type { TemplatedApp } from "uWebSockets.js";
import type { ServerBuild } from "@remix-run/server-runtime";
import { limitGuesses } from "../limits/limit-guesses.server";
import { log as processLog } from "../log.server";
import type { TrustProxy } from "./client-address.server";
import type { DirectPost } from "./direct-post.server";
import type { FetchHandler, RequestContext } from "./fetch-call.server";
import { remixHandler } from "./remix-handler.server";
import { type HttpServer, type ServeOptions, serve } from "./serve.server";
import { loadStaticFiles } from "./static-files.server";
import type { Metrics } from "./watch/metrics-door.server";

const log = processLog.child({ part: "http" });

export type SiteSettings = {
  host: string;
  port: number;
  /** Undefined when the setting PUBLIC_URL is unset. */
  publicUrl: string | undefined;
  trustProxy: TrustProxy;
  services: ReadonlySet<string>;
  /** False gives browsers a worker that takes itself away in the place of ours. */
  serviceWorker: boolean;
};

export type Site = {
  settings: SiteSettings;
  build: ServerBuild | (() => Promise<ServerBuild>);
  mode: "production" | "development";
  /** The folder of the client build, read into memory once; undefined in development, where Vite serves it. */
  clientDirectory: string | undefined;
  /** Asked before Remix; in development it is Vite's answer for its modules. */
  first?: (request: Request, context: RequestContext) => Promise<Response | undefined>;
  /** What programs post, past Remix. */
  posts: readonly DirectPost[];
  ready: () => boolean;
  hub: (app: TemplatedApp) => void;
  metrics?: Metrics | undefined;
  onAnswered?: ServeOptions["onAnswered"];
};

/**
 * Serves the built product as SERVICES says: pages and files where `web` is named, the WebSocket where `hub` is. A
 * process that only works has what watches over it: /healthz, /readyz and /metrics, or nothing where its port is taken.
 * @throws Error with one line when the port of another is taken or TRUST_PROXY is wrong
 */
export async function serveSite({
  settings,
  build,
  mode,
  clientDirectory,
  first,
  posts,
  hub,
  ...watch
}: Site): Promise<HttpServer | undefined> {
  const { services, serviceWorker, ...address } = settings;
  const web = services.has("web");
  const remix = remixHandler(build, mode);
  const handler: FetchHandler = first
    ? async (request, context) => (await first(request, context)) ?? remix(request, context)
    : remix;
  const options: ServeOptions = {
    ...address,
    handler: web ? limitGuesses(handler) : undefined,
    posts: web ? posts : undefined,
    files: web && clientDirectory ? await loadStaticFiles(clientDirectory, serviceWorker) : undefined,
    ...watch,
    hub: services.has("hub") ? hub : undefined,
  };
  if (web || services.has("hub")) return serve(options);
  return serve(options).catch((error: Error) => {
    log.warn({ reason: error.message }, "this worker goes on without an address for its health");
    return undefined;
  });
}

/**
 * What server.ts asks of the product. It reaches it through the build's entry module, since importing it would make a
 * second copy.
 */
export type ServerRuntime = {
  /**
   * Reads the settings and starts everything but the port.
   * @throws Error whose message is the one line that the person who starts the product reads
   */
  start(env: NodeJS.ProcessEnv): Promise<SiteSettings & { publicUrl: string }>;
  /** False while something that every request needs is missing. */
  ready(): boolean;
  /** What /metrics tells, and to whom. */
  metrics: Metrics;
  /** Counts a request that is over. */
  onAnswered: NonNullable<ServeOptions["onAnswered"]>;
  /** What programs post, past Remix. */
  posts: Site["posts"];
  /** Registers /hub. */
  hub(app: TemplatedApp): void;
  serve: typeof serveSite;
  /** Where to go and how to sign in, printed once the port is open. */
  banner(): string;
  /** Closes the hub's sockets with 4002, finishes or releases jobs, closes what `start` opened. */
  stop(): Promise<void>;
};
