import { FetchRefusal, type GuardedFetch, guardedFetch } from "~/platform/guarded-fetch/index.server";
import { type OpenSecret, readSecrets } from "../../secrets/read-secrets.server";
import type { Json } from "../../wording/json";
import type { CallScope } from "../runners.server";
import { type HttpRequest, type Piece, writtenAs } from "./fill-request";
import type { HttpResult } from "./http-node";

/** How the internet is asked; tests have their own, without certificates. */
export type HttpWorld = { ask: GuardedFetch; secretsOver: readonly string[] };

const INTERNET: HttpWorld = { ask: guardedFetch, secretsOver: ["https:"] };

/** What a server that is no JSON may say. */
const LONGEST_TEXT = 20_000;
const HIDDEN = "•••";

class Refused extends Error {}

type Secrets = ReadonlyMap<string, OpenSecret>;

const secretsOf = (pieces: readonly Piece[]) =>
  pieces.flatMap((piece) => (typeof piece === "string" ? [] : [piece.secret]));

const joined = (pieces: readonly Piece[], secrets: Secrets) =>
  pieces
    .map((piece) => (typeof piece === "string" ? piece : writtenAs(piece.as, secrets.get(piece.secret)?.value ?? "")))
    .join("");

/** Segments that would leave the path that the author drew; the parser of addresses takes %2e for a dot too. */
const CLIMBS = /^(\.|%2e){1,2}$/i;

/** @throws Refused */
function addressOf(url: string): URL {
  const [path = ""] = url.split(/[?#]/);
  const climbs = path.split(/[/\\]/).some((segment) => CLIMBS.test(segment));
  if (climbs || !URL.canParse(url)) throw new Refused("address_invalid");
  return new URL(url);
}

/** A secret goes to its own hosts, over a line that nobody reads along. @throws Refused */
function requireHosts(secrets: Secrets, names: readonly string[], address: URL, world: HttpWorld): void {
  for (const name of names) {
    const secret = secrets.get(name);
    if (!secret) throw new Refused("secret_unknown");
    if (!secret.hosts.includes(address.hostname)) throw new Refused("secret_host");
    if (!world.secretsOver.includes(address.protocol)) throw new Refused("secret_needs_https");
  }
}

/** What a server says back of a secret is not told on, in whatever writing. */
function hidden(value: Json, secrets: Secrets): Json {
  const texts = [...secrets.values()].flatMap((secret) =>
    (["text", "json_text", "url"] as const).map((as) => writtenAs(as, secret.value)),
  );
  const inText = (text: string) => texts.reduce((shown, secret) => shown.replaceAll(secret, HIDDEN), text);
  const inValue = (inner: Json): Json => {
    if (typeof inner === "string") return inText(inner);
    if (typeof inner !== "object" || inner === null) return inner;
    if (Array.isArray(inner)) return inner.map(inValue);
    return Object.fromEntries(Object.entries(inner).map(([key, entry]) => [inText(key), inValue(entry)]));
  };
  return texts.length === 0 ? value : inValue(value);
}

function readBody(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return text;
  }
}

/** A text is cut after its secrets are hidden: half of one would not be found. */
const shortened = (body: Json) => (typeof body === "string" ? body.slice(0, LONGEST_TEXT) : body);

/**
 * Asks the server of an HTTP node. A change (any method but GET) carries `Idempotency-Key`, so that a repeat after a crash
 * can be told from a second order.
 */
export async function askServer(
  request: HttpRequest,
  { orgId, key }: Pick<CallScope, "orgId" | "key">,
  world: HttpWorld = INTERNET,
): Promise<HttpResult> {
  const { method, url, headers, body, timeoutSeconds } = request;
  const names = secretsOf([...url, ...headers.flatMap(({ value }) => value), ...(body ?? [])]);
  try {
    const secrets = await readSecrets(orgId, names);
    const address = addressOf(joined(url, new Map()));
    requireHosts(secrets, names, address, world);
    const own = headers.map(({ name, value }) => [name.toLowerCase(), joined(value, secrets)]);
    const answer = await world.ask(addressOf(joined(url, secrets)).href, {
      method,
      headers: { ...(method !== "GET" && { "idempotency-key": key }), ...Object.fromEntries(own) },
      ...(body && { body: joined(body, secrets) }),
      timeoutMs: timeoutSeconds * 1_000,
    });
    return { status: answer.status, body: shortened(hidden(readBody(answer.body.toString("utf8")), secrets)) };
  } catch (error) {
    if (error instanceof Refused) return { error: error.message };
    if (error instanceof FetchRefusal) return { error: error.code };
    throw error;
  }
}

/** The runner of HTTP nodes. */
export const runHttp = (input: Json, scope: CallScope): Promise<HttpResult> =>
  askServer(input as unknown as HttpRequest, scope);
