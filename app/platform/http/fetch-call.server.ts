import { AppError, retryAfterOf } from "../errors";
import { log as processLog } from "../log.server";
import { type BodyLimit, bodyLimit, RequestBody } from "./body/request-body.server";
import { answerError, baseHeaders, type Call, loggedPath } from "./call.server";
import { clientAddress, type TrustProxy } from "./client-address.server";
import { hasBody, type Incoming } from "./incoming.server";
import { checkOrigin } from "./origin-check.server";
import { sendResponse } from "./send-response.server";

const log = processLog.child({ part: "http" });

export type RequestContext = {
  /** Who sent the request: the socket's other end, or what a trusted proxy says of it. */
  clientAddress: string;
  /** Also in the answer's `x-request-id`. */
  requestId: string;
  /** When it came, as `performance.now()` counts. */
  startedAt?: number;
  /** Whether its body is still coming in, and all that came was read. */
  receiving?: () => boolean;
};

/** `request.signal` fires when the client goes away, and once the answer is out (tell them apart by `clientLeft`). */
export type FetchHandler = (request: Request, context: RequestContext) => Promise<Response>;

type FetchSite = {
  handler: FetchHandler;
  /** Origin of PUBLIC_URL; undefined when the setting is unset and the Host header is all there is. */
  origin: string | undefined;
  trustProxy: TrustProxy;
  trusts: (address: string) => boolean;
  bodyLimits: readonly BodyLimit[];
  isDraining: () => boolean;
};

/** Takes a call through the checks to the handler, and its Response back. */
export async function answerByFetch(call: Call, site: FetchSite): Promise<void> {
  const { exchange, incoming } = call;
  const url = new URL(addressOf(call, site));
  const verdict = checkOrigin(
    provenance(incoming, url.pathname),
    site.origin ? { origin: site.origin } : { host: url.host },
  );
  const body = hasBody(incoming.headers)
    ? new RequestBody(exchange, incoming, bodyLimit(url.pathname, site.bodyLimits))
    : undefined;
  if (verdict === "refuse") return refuseForeign(call, body, url.origin);
  if (verdict === "drop-cookie") incoming.headers.delete("cookie");
  if (body?.tooLarge) return refuseTooLarge(call, body);
  const context = {
    clientAddress: addressOfClient(call, site),
    requestId: call.requestId,
    startedAt: call.startedAt,
    receiving: () => body?.awaited ?? false,
  };
  const request = toRequest(call, url, context, body);
  try {
    const response = await site.handler(request, context);
    if (body?.tooLarge) {
      void response.body?.cancel().catch(() => undefined);
      return refuseTooLarge(call, body);
    }
    // A body that the handler is still reading while it answers is not ours to throw away.
    const release = (whole: boolean) =>
      (body && (whole || !request.bodyUsed) ? body.release() : true) && !site.isDraining();
    await sendResponse(response, { exchange, method: incoming.method, base: baseHeaders(call), release });
  } catch (error) {
    if (body?.tooLarge && exchange.status === 0) return refuseTooLarge(call, body);
    if (!(error instanceof AppError) || !error.expected || exchange.status !== 0) throw error;
    const wait = retryAfterOf(error.data);
    refuseUnread(call, body, error.status, error.code, wait ? [["retry-after", String(wait)]] : []);
  }
}

/** Said in the log too: the commonest cause is a PUBLIC_URL that is not the address people use. */
function refuseForeign(call: Call, body: RequestBody | undefined, own: string) {
  const { method, path, headers } = call.incoming;
  const origin = headers.get("origin")?.slice(0, 200);
  log.warn(
    { requestId: call.requestId, method, path: loggedPath(path), origin, own },
    "a page of another origin may not write",
  );
  refuseUnread(call, body, 403, "csrf");
}

/** Says so once the body has been thrown away, whole or as much as is reasonable. */
export async function refuseTooLarge(call: Call, body: RequestBody) {
  await body.discarded();
  refuseUnread(call, body, 413, "too_large");
}

function refuseUnread(
  call: Call,
  body: RequestBody | undefined,
  status: number,
  code: string,
  more: [string, string][] = [],
) {
  answerError(call, status, code, body && !body.release() ? [...more, ["connection", "close"]] : more);
}

function addressOf({ incoming, peer, https }: Call, { origin, trusts }: FetchSite) {
  const { headers, path, query } = incoming;
  const forwarded = trusts(peer) ? headers.get("x-forwarded-host")?.split(",").at(-1)?.trim() : undefined;
  const host = forwarded && URL.canParse(`http://${forwarded}/`) ? forwarded : headers.get("host");
  return `${origin ?? `${https ? "https" : "http"}://${host}`}${path}${query && `?${query}`}`;
}

const addressOfClient = ({ peer, incoming }: Call, { trustProxy, trusts }: FetchSite) =>
  clientAddress(peer, incoming.headers.get("x-forwarded-for"), trustProxy, trusts);

const provenance = ({ method, headers }: Incoming, pathname: string) => ({
  method,
  pathname,
  origin: headers.get("origin"),
  site: headers.get("sec-fetch-site"),
  hasCookie: headers.has("cookie"),
});

const OF_THE_CONNECTION = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "te",
  "trailer",
  "upgrade",
  "expect",
]);

/**
 * fetch's Request. What proxies claim is settled here and goes no further: `host` is the address's own host (Remix
 * compares it with Origin, and believes X-Forwarded-Host before it), and `x-forwarded-for` is the one address found to
 * be true.
 */
function toRequest({ exchange, incoming }: Call, url: URL, context: RequestContext, body: RequestBody | undefined) {
  const headers = new Headers();
  for (const [name, value] of incoming.headers) {
    if (OF_THE_CONNECTION.has(name) || name.startsWith("x-forwarded-") || name === "forwarded" || name === "x-real-ip")
      continue;
    headers.set(name, /^[\t\x20-\x7e]*$/.test(value) ? value : Buffer.from(value).toString("latin1"));
  }
  headers.set("host", url.host);
  headers.set("x-forwarded-for", context.clientAddress);
  // `duplex` is asked for by fetch's standard for a streamed body and is missing in the DOM's types.
  const streamed: { body?: ReadableStream; duplex?: "half" } = body ? { body: body.stream(), duplex: "half" } : {};
  return new Request(url, { method: incoming.method, headers, signal: exchange.signal, ...streamed });
}
