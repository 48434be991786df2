import { v5 } from "uuid";
import { isUuid } from "~/platform/ids";
import { type OnceAnswer, once } from "~/platform/once/once.server";
import type { Endpoint } from "./endpoint";
import type { Caller } from "./find-caller.server";
import { misfit } from "./read-input.server";

/** Where our names of what calls make live among all UUIDs. */
const NAMESPACE = "5b0c3e0e-7a53-4c3c-9a0e-2f6d1b8c4d11";
const KEY = /^[\x21-\x7e]{1,255}$/;
/** Callers without a token share an address with strangers: what keeps their keys apart is that none guesses them. */
const LEAST_PUBLIC_LENGTH = 16;

/** The `Idempotency-Key` of a POST, if there is one. @throws AppError 400 for one that is no key */
function keyOf(request: Request, endpoint: Endpoint): string | undefined {
  const key = endpoint.method === "POST" ? request.headers.get("idempotency-key") : null;
  if (key === null) return undefined;
  const least = endpoint.access === "public" ? LEAST_PUBLIC_LENGTH : 1;
  if (KEY.test(key) && key.length >= least) return key;
  const message = `must be ${least} to 255 visible characters without spaces`;
  throw misfit("header", [{ path: "Idempotency-Key", message }]);
}

/**
 * Does a call, once if it carries a key. What it makes is named after the key, so that even a crash between the work
 * and its answer makes nothing twice.
 */
export async function withIdempotency(
  request: Request,
  endpoint: Endpoint,
  caller: Caller,
  input: { query: unknown; body: unknown },
  work: (onceId: string | undefined) => Promise<OnceAnswer>,
): Promise<OnceAnswer> {
  const key = keyOf(request, endpoint);
  if (key === undefined) return work(undefined);
  const { pathname } = new URL(request.url);
  const asked = JSON.stringify([endpoint.method, pathname, input.body ?? null]);
  return once({ owner: caller.owner, key, request: asked }, () => work(onceIdOf(endpoint, caller, key)));
}

/** A message's `client_id` is its sender's own, so that a key which is a UUID becomes it as it stands. */
function onceIdOf(endpoint: Endpoint, { owner }: Caller, key: string): string {
  const own = endpoint.name === "sendMessage" && isUuid(key);
  return own ? key.toLowerCase() : v5(`${owner} ${endpoint.name} ${key}`, NAMESPACE);
}
