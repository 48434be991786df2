import type { HttpRequest, HttpResponse, TemplatedApp } from "uWebSockets.js";
import { newId } from "../ids";
import { logged, log as processLog } from "../log.server";
import { answerFile } from "./answer-file.server";
import { BODY_LIMITS, type BodyLimit } from "./body/request-body.server";
import { answerError, baseHeaders, type Call, logCall, loggedPath } from "./call.server";
import { normalAddress, proxyTrust, type TrustProxy } from "./client-address.server";
import { answerDirect, type DirectPost } from "./direct-post.server";
import { clientLeft, Exchange } from "./exchange.server";
import { answerByFetch, type FetchHandler } from "./fetch-call.server";
import { ALLOWED_METHODS, findRefusal, readIncoming } from "./incoming.server";
import { listen, newApp } from "./native.server";
import type { StaticFiles } from "./static-files.server";
import { answerMetrics, type Metrics } from "./watch/metrics-door.server";

export type ServeOptions = {
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** The setting PUBLIC_URL; undefined when it is unset, and the Host header is believed instead. */
  publicUrl?: string | undefined;
  trustProxy: TrustProxy;
  /** Answers what no file does; without it every such address is not found. */
  handler?: FetchHandler | undefined;
  files?: StaticFiles | undefined;
  /** Answered before the handler is asked. */
  posts?: readonly DirectPost[] | undefined;
  /** What /readyz says while the server is not draining. */
  ready: () => boolean;
  /** What /metrics tells whoever may ask; without it there is no such address. */
  metrics?: Metrics | undefined;
  /** Told once a request is over. */
  onAnswered?: ((call: Call, outcome: "answered" | "lost") => void) | undefined;
  /** Registers the WebSocket routes. */
  hub?: ((app: TemplatedApp) => void) | undefined;
  bodyLimits?: readonly BodyLimit[];
};

export type HttpServer = {
  port: number;
  app: TemplatedApp;
  /**
   * Stops listening, says 503 at /readyz, and waits for the requests under way, `patienceMs` at most.
   * @returns how many are still under way
   */
  drain(patienceMs: number): Promise<number>;
  /** Cuts every connection, WebSockets too. */
  close(): void;
};

type Route = (call: Call) => void | Promise<void>;
const log = processLog.child({ part: "http" });

/**
 * Opens the one port: files, fetch-style handler, health, and the hub's WebSockets.
 * @throws Error with one line when the port is taken
 */
export async function serve(options: ServeOptions): Promise<HttpServer> {
  const traffic = new Traffic();
  const app = newApp();
  options.hub?.(app);
  const door = receiver(options, traffic);
  app.any("/healthz", door(answerText("ok", () => true)));
  app.any("/readyz", door(answerText("ready", () => !traffic.draining && options.ready())));
  if (options.metrics) app.any("/metrics", door(answerMetrics(options.metrics)));
  for (const post of options.posts ?? []) {
    const route = answerDirect(post, options.bodyLimits ?? BODY_LIMITS, () => traffic.draining);
    app.post(post.path, door(route));
  }
  app.any("/*", door(router(options, traffic)));
  const { port, stopListening } = await listen(app, options.host, options.port);
  return {
    port,
    app,
    drain: (patienceMs) => {
      if (!traffic.draining) stopListening();
      traffic.draining = true;
      return traffic.calm(patienceMs);
    },
    close: () => void app.close(),
  };
}

/** How many requests are under way. */
class Traffic {
  draining = false;
  #active = 0;
  #calm: (() => void) | undefined;

  begin() {
    this.#active++;
  }

  end() {
    if (--this.#active === 0) this.#calm?.();
  }

  async calm(patienceMs: number) {
    if (this.#active === 0) return 0;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((done) => {
      this.#calm = done;
      timer = setTimeout(done, patienceMs);
    });
    clearTimeout(timer);
    return this.#active;
  }
}

/** Makes uWebSockets.js's handlers: whatever happens in a route, the call is answered and the process lives. */
function receiver({ publicUrl, trustProxy, onAnswered }: ServeOptions, traffic: Traffic) {
  const trusts = proxyTrust(trustProxy);
  return (route: Route) => (res: HttpResponse, req: HttpRequest) => {
    traffic.begin();
    const exchange = new Exchange(res, (outcome) => {
      traffic.end();
      onAnswered?.(call, outcome);
      logCall(log, call, outcome);
    });
    const incoming = readIncoming(req);
    const peer = normalAddress(Buffer.from(res.getRemoteAddressAsText()).toString()) ?? "";
    const proto = trusts(peer) ? incoming.headers.get("x-forwarded-proto")?.split(",").at(-1)?.trim() : undefined;
    const https = publicUrl ? publicUrl.startsWith("https:") : proto === "https";
    const call: Call = { exchange, incoming, requestId: newId(), peer, https, startedAt: performance.now() };
    const refusal = findRefusal(incoming);
    if (refusal) refuse(call, refusal.status, refusal.code);
    else void run(call, route);
  };
}

async function run(call: Call, route: Route) {
  try {
    await logged({ requestId: call.requestId }, () => route(call));
  } catch (error) {
    const { requestId, exchange, incoming } = call;
    if (clientLeft(exchange.signal, error)) return;
    const { method, path } = incoming;
    log.error({ err: error, requestId, method, path: loggedPath(path) }, "a request failed");
    if (exchange.status === 0) answerError(call, 500, "unexpected");
    else exchange.cut();
  }
}

/**
 * Refuses and hangs up, in a later turn: what the client sent behind such a request may be the second half of a
 * smuggled one, and uWebSockets.js closes the connection by itself when another request arrives before this one is
 * answered.
 */
function refuse(call: Call, status: number, code: string) {
  setImmediate(() => answerError(call, status, code, status === 405 ? [["allow", ALLOWED_METHODS]] : [], true));
}

const answerText =
  (text: string, isGood: () => boolean): Route =>
  (call) => {
    const status = isGood() ? 200 : 503;
    const headers = [...baseHeaders(call), ["content-type", "text/plain; charset=utf-8"] as const];
    call.exchange.answer(
      { status, headers },
      call.incoming.method === "HEAD" ? null : status === 200 ? text : "unavailable",
    );
  };

function router(
  { handler, files, publicUrl, trustProxy, bodyLimits = BODY_LIMITS }: ServeOptions,
  traffic: Traffic,
): Route {
  const origin = publicUrl ? new URL(publicUrl).origin : undefined;
  const isDraining = () => traffic.draining;
  const site = handler && { handler, origin, trustProxy, trusts: proxyTrust(trustProxy), bodyLimits, isDraining };
  return (call) => {
    const { incoming, exchange } = call;
    const reads = incoming.method === "GET" || incoming.method === "HEAD";
    const file = reads ? files?.get(incoming.path) : undefined;
    if (file) return answerFile(exchange, incoming, file, baseHeaders(call));
    // A stale page asks for scripts of an earlier build: rendering a page for each of them would help nobody.
    if (!site || (reads && incoming.path.startsWith("/assets/"))) return answerError(call, 404, "not_found");
    return answerByFetch(call, site);
  };
}
