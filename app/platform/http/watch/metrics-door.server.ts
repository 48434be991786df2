import { createHash, timingSafeEqual } from "node:crypto";
import { answerError, baseHeaders, type Call } from "../call.server";
import { isLoopback } from "../client-address.server";

export type Metrics = {
  /** The setting METRICS_TOKEN; read at each request, since it is known only once the runtime has started. */
  token: () => string | undefined;
  contentType: string;
  read: () => Promise<string>;
};

const digest = (text: string) => createHash("sha256").update(text).digest();
const isSame = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));

/** Written by proxies: whoever is named there is somebody else than the peer. */
const FORWARDED = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via"];

/** With the setting whoever holds it may ask, without it only this machine, and not through a proxy. */
export function mayReadMetrics(
  { incoming, peer }: Pick<Call, "incoming" | "peer">,
  token: string | undefined,
): boolean {
  const given = /^Bearer +(\S+)$/i.exec(incoming.headers.get("authorization") ?? "")?.[1];
  if (token) return given !== undefined && isSame(given, token);
  return isLoopback(peer) && !FORWARDED.some((name) => incoming.headers.has(name));
}

/** Answers /metrics; to all others it does not exist. */
export const answerMetrics =
  ({ token, contentType, read }: Metrics) =>
  async (call: Call): Promise<void> => {
    const { method } = call.incoming;
    if ((method !== "GET" && method !== "HEAD") || !mayReadMetrics(call, token())) {
      answerError(call, 404, "not_found");
      return;
    }
    const text = await read();
    const headers = [...baseHeaders(call), ["content-type", contentType] as const];
    call.exchange.answer({ status: 200, headers }, method === "HEAD" ? null : text);
  };
