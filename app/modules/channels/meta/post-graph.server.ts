import type { ProviderHttp } from "../outbound-message";
import { cleanJson, cleanText } from "./loose-json";

/** Answers of the Graph API are a few hundred bytes; more than this is not one. */
const LONGEST_ANSWER = 1_000_000;

/**
 * What came back from one POST. `not_sent`: no byte of the request left, so trying again is safe. `unclear`: it left, and
 * whether it was taken is not known.
 */
export type GraphAnswer =
  | { outcome: "answered"; status: number; headers: Headers; json: unknown }
  | { outcome: "not_sent"; code: string; text: string }
  | { outcome: "unclear"; code: string; text: string };

/** Failures of name, route, connection and certificate: all before the request. */
const BEFORE_SENDING = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EADDRNOTAVAIL",
  "UND_ERR_CONNECT_TIMEOUT",
  "CERT_HAS_EXPIRED",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "ERR_INVALID_URL",
]);

function causesOf(error: unknown): { code: string; syscall?: unknown; message: string }[] {
  const found: { code: string; syscall?: unknown; message: string }[] = [];
  let next: unknown = error;
  for (let depth = 0; depth < 5 && next instanceof Error; depth++) {
    const { code, syscall, message } = next as NodeJS.ErrnoException;
    found.push({ code: typeof code === "string" ? code : next.name, syscall, message });
    next = next.cause;
  }
  return found;
}

function explain(error: unknown): GraphAnswer {
  const causes = causesOf(error);
  const before = causes.find(
    (cause) => BEFORE_SENDING.has(cause.code) || cause.syscall === "connect" || cause.syscall === "getaddrinfo",
  );
  if (before) return { outcome: "not_sent", code: before.code, text: cleanText(before.message).slice(0, 300) };
  const last = causes.at(-1);
  return { outcome: "unclear", code: last?.code ?? "network", text: cleanText(last?.message ?? "").slice(0, 300) };
}

async function readAnswer(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return "";
  const decoder = new TextDecoder();
  let text = "";
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += decoder.decode(part.value, { stream: true });
    if (text.length > LONGEST_ANSWER) {
      await reader.cancel();
      throw new Error("the answer is too long");
    }
  }
  return text;
}

function parsed(text: string): unknown {
  try {
    return cleanJson(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/**
 * Posts JSON to a path of the Graph API with a bearer token. Follows no redirect, since the token would go along, and
 * waits no longer than `http.timeoutMs` for the whole. Never throws.
 * @param path below the version, e.g. `123/messages`
 */
export async function postGraph(path: string, token: string, body: unknown, http: ProviderHttp): Promise<GraphAnswer> {
  const request = http.fetch ?? fetch;
  try {
    const response = await request(`${http.graphUrl}/${http.version}/${path}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", "User-Agent": "GuazuApp" },
      body: JSON.stringify(body),
      redirect: "manual",
      signal: AbortSignal.timeout(http.timeoutMs),
    });
    const json = parsed(await readAnswer(response));
    return { outcome: "answered", status: response.status, headers: response.headers, json };
  } catch (error) {
    return explain(error);
  }
}
