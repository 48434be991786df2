import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { env } from "../env.server";
import { type Asked, askTarget } from "./ask-target.server";
import { FetchRefusal } from "./fetch-refusal";
import { findTarget, INTERNET, readAddress, type Trust, type World } from "./find-target.server";
import { ACCEPTED_ENCODINGS, readBody } from "./read-body.server";

const REDIRECTS = 5;
const TIME_MS = 10_000;
const BODY_BYTES = 1_048_576;
/** Says who asks, so that whoever runs a site can turn us away. */
const userAgent = () => `GuazuApp/1.0 (+${env().publicUrl})`;

/** Headers that are the connection's, or that would make us somebody. */
const CLOSED_HEADERS =
  /^(host|connection|content-length|transfer-encoding|upgrade|te|trailer|expect|cookie.*|proxy-.*)$/i;

export type FetchInput = {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent to the origin that was asked for, and left out where it leads elsewhere. */
  headers?: Record<string, string>;
  body?: string;
  /** Of what is unpacked, in bytes; 1 MB unless said. */
  maxBytes?: number;
  /** Take the beginning of what is longer, instead of refusing it. */
  cut?: boolean;
  /** In all, from the name's lookup to the last byte; 10 s unless said. */
  timeoutMs?: number;
  /** Origins that settings of this installation name: neither their address nor their port is asked about. */
  trustedOrigins?: readonly string[];
};

export type Fetched = { status: number; url: string; headers: IncomingHttpHeaders; body: Buffer };

export type GuardedFetch = (address: string, input?: FetchInput) => Promise<Fetched>;

/**
 * The one way in which the product asks an address that somebody gave it. http and https only, public addresses only at
 * every step of the way, ports 80 and 443, at most 5 redirects, which only a GET follows; sends no cookie of anybody.
 * @throws FetchRefusal with a code, never with what was found inside
 */
export function createGuardedFetch(world: World = INTERNET): GuardedFetch {
  return async (address, input = {}) => {
    const signal = AbortSignal.timeout(input.timeoutMs ?? TIME_MS);
    requireOwnHeaders(input.headers);
    try {
      return await untilEnd(follow(world, address, input, signal), signal);
    } catch (error) {
      throw signal.aborted ? new FetchRefusal("timeout") : error;
    }
  };
}

export const guardedFetch = createGuardedFetch();

async function follow(world: World, address: string, input: FetchInput, signal: AbortSignal): Promise<Fetched> {
  const trust: Trust = { origins: input.trustedOrigins ?? [], closedHosts: [new URL(env().publicUrl).hostname] };
  const first = readAddress(address);
  let url = first;
  for (let hop = 0; hop <= REDIRECTS; hop++) {
    const target = await findTarget(url, trust, world);
    signal.throwIfAborted();
    const answer = await askTarget(target, askedOf(input, url.origin === first.origin, signal));
    const next = nextOf(answer, input);
    if (next === null) {
      const body = await readBody(answer, input.maxBytes ?? BODY_BYTES, input.cut ?? false);
      return { status: answer.statusCode ?? 0, url: url.href, headers: answer.headers, body };
    }
    answer.destroy();
    url = readAddress(next, url);
  }
  throw new FetchRefusal("too_many_redirects");
}

function askedOf({ method = "GET", headers, body }: FetchInput, own: boolean, signal: AbortSignal): Asked {
  const ours = { "user-agent": userAgent(), accept: "*/*", "accept-encoding": ACCEPTED_ENCODINGS };
  return { method, headers: { ...ours, ...(own && headers) }, body, signal };
}

function nextOf({ statusCode = 0, headers }: IncomingMessage, { method = "GET" }: FetchInput): string | null {
  const leads = [301, 302, 303, 307, 308].includes(statusCode);
  return leads && method === "GET" ? (headers.location ?? null) : null;
}

/** Line breaks in a header would be other headers. */
function requireOwnHeaders(headers: Record<string, string> = {}): void {
  for (const [name, value] of Object.entries(headers)) {
    const written = /^[\w!#$%&'*+.^`|~-]+$/.test(name) && /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
    if (!written || CLOSED_HEADERS.test(name)) throw new FetchRefusal("header_refused");
  }
}

/** What does not hear the signal (the lookup of a name) is left behind by it. */
function untilEnd<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(new FetchRefusal("timeout")), { once: true });
  });
  return Promise.race([work, late]);
}
