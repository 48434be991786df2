import type { TemplatedApp } from "uWebSockets.js";
import type { ServerBuild } from "@remix-run/server-runtime";
import type { TrustProxy } from "./client-address.server";
import type { FetchHandler, RequestContext } from "./fetch-call.server";
import { remixHandler } from "./remix-handler.server";
import { type HttpServer, serve } from "./serve.server";
import { loadStaticFiles } from "./static-files.server";

export type SiteSettings = {
  host: string;
  port: number;
  /** Undefined when the setting PUBLIC_URL is unset. */
  publicUrl: string | undefined;
  trustProxy: TrustProxy;
  services: ReadonlySet<string>;
};

export type Site = {
  settings: SiteSettings;
  build: ServerBuild | (() => Promise<ServerBuild>);
  mode: "production" | "development";
  /** The folder of the client build, read into memory once; undefined in development, where Vite serves it. */
  clientDirectory: string | undefined;
  /** Asked before Remix; in development it is Vite's answer for its modules. */
  first?: (request: Request, context: RequestContext) => Promise<Response | undefined>;
  ready: () => boolean;
  hub: (app: TemplatedApp) => void;
};

/**
 * Serves the built product as SERVICES says: pages and files where `web` is named, the WebSocket where `hub` is. A
 * process that only works opens no port.
 * @throws Error with one line when the port is taken or TRUST_PROXY is wrong
 */
export async function serveSite({
  settings,
  build,
  mode,
  clientDirectory,
  first,
  ready,
  hub,
}: Site): Promise<HttpServer | undefined> {
  const { services, ...address } = settings;
  const web = services.has("web");
  if (!web && !services.has("hub")) return undefined;
  const remix = remixHandler(build, mode);
  const handler: FetchHandler = first
    ? async (request, context) => (await first(request, context)) ?? remix(request, context)
    : remix;
  return serve({
    ...address,
    handler: web ? handler : undefined,
    files: web && clientDirectory ? await loadStaticFiles(clientDirectory) : undefined,
    ready,
    hub: services.has("hub") ? hub : undefined,
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
  /** Registers /hub. */
  hub(app: TemplatedApp): void;
  serve: typeof serveSite;
  /** Where to go and how to sign in, printed once the port is open. */
  banner(): string;
  /** Closes the hub's sockets with 4002, finishes or releases jobs, closes what `start` opened. */
  stop(): Promise<void>;
};
