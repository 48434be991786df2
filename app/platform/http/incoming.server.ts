import type { HttpRequest } from "uWebSockets.js";

/** A request's head, read while uWebSockets.js still holds it. */
export type Incoming = {
  method: string;
  path: string;
  /** Without its question mark. */
  query: string;
  headers: Map<string, string>;
  /** Names that must stand once and stood more often. */
  repeated: string[];
};

const ONCE = new Set(["host", "content-length", "transfer-encoding", "origin", "authorization", "content-type"]);

export function readIncoming(req: HttpRequest): Incoming {
  const headers = new Map<string, string>();
  const repeated: string[] = [];
  req.forEach((name, value) => {
    const earlier = headers.get(name);
    if (earlier !== undefined && ONCE.has(name)) repeated.push(name);
    const joint = name === "cookie" ? "; " : ", ";
    headers.set(name, earlier === undefined ? value : earlier + joint + value);
  });
  return { method: req.getCaseSensitiveMethod(), path: req.getUrl(), query: req.getQuery() ?? "", headers, repeated };
}

type Refusal = { status: number; code: string };

const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
export const ALLOWED_METHODS = [...METHODS].join(", ");
const MAX_URL = 8192;
const HOST = /^(?:[a-z0-9](?:[a-z0-9._-]*[a-z0-9])?\.?|\[[0-9a-f:.]+\])(?::\d{1,5})?$/i;
// A dot segment, raw or percent-encoded: a router and a prefix check could disagree on what it names.
const DOT_SEGMENT = /(?:^|\/)(?:\.|%2e){1,2}(?:\/|$)/i;
const FORBIDDEN_IN_PATH = /[^!-~\u0080-\uffff]|[\\#]|%00/;
const FORBIDDEN_IN_QUERY = /[^!-~\u0080-\uffff]/;
const FORBIDDEN_IN_HEADER = /[^\t -~\u0080-\uffff]/;

/**
 * What makes a request unfit to be handled at all, or undefined. Two ways to read where a body ends is the door of
 * request smuggling (RFC 9112, 6.3), and the pinned uWebSockets.js lets some of them in.
 */
export function findRefusal(incoming: Incoming): Refusal | undefined {
  const { method, headers } = incoming;
  if (!METHODS.has(method)) return { status: 405, code: "method_not_allowed" };
  return findBadUrl(incoming) ?? findBadFraming(incoming) ?? findBadHeader(headers);
}

/** The same for a WebSocket's handshake, a GET that has no body. */
export const findUpgradeRefusal = (incoming: Incoming): Refusal | undefined =>
  findBadUrl(incoming) ?? findBadFraming(incoming) ?? findBadValue(incoming.headers);

function findBadUrl({ path, query, headers }: Incoming): Refusal | undefined {
  if (path.length + query.length > MAX_URL) return { status: 414, code: "uri_too_long" };
  const malformed = FORBIDDEN_IN_PATH.test(path) || FORBIDDEN_IN_QUERY.test(query) || !/^\/(?!\/)/.test(path);
  if (malformed || DOT_SEGMENT.test(path) || !isDecodable(path)) return { status: 400, code: "bad_path" };
  if (!HOST.test(headers.get("host") ?? "")) return { status: 400, code: "bad_host" };
  return undefined;
}

function isDecodable(path: string) {
  if (!path.includes("%")) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

function findBadFraming({ method, headers, repeated }: Incoming): Refusal | undefined {
  const refusal = { status: 400, code: "bad_framing" };
  if (repeated.length > 0) return refusal;
  const length = headers.get("content-length");
  const coding = headers.get("transfer-encoding");
  if (length !== undefined && (coding !== undefined || !/^\d{1,15}$/.test(length))) return refusal;
  if (coding !== undefined && coding.toLowerCase() !== "chunked") return refusal;
  const bodiless = method === "GET" || method === "HEAD";
  return bodiless && hasBody(headers) ? refusal : undefined;
}

function findBadValue(headers: Map<string, string>): Refusal | undefined {
  for (const value of headers.values()) if (FORBIDDEN_IN_HEADER.test(value)) return { status: 400, code: "bad_header" };
  return undefined;
}

function findBadHeader(headers: Map<string, string>): Refusal | undefined {
  const bad = findBadValue(headers);
  if (bad) return bad;
  // Only the hub speaks WebSocket, and it answers before this; other upgrades (h2c) may be ignored, as RFC 9110 7.8
  // says.
  if (headers.get("upgrade")?.toLowerCase() === "websocket") return { status: 400, code: "no_websocket_here" };
  return undefined;
}

export const hasBody = (headers: Map<string, string>) =>
  headers.has("transfer-encoding") || Number(headers.get("content-length") ?? 0) > 0;
