import type { Logger } from "pino";
import type { Exchange, HeaderList } from "./exchange.server";
import type { Incoming } from "./incoming.server";
import { securityHeaders } from "./security-headers.server";

/** One request under way. */
export type Call = {
  exchange: Exchange;
  incoming: Incoming;
  requestId: string;
  /** The address of whoever holds the other end of the socket, maybe a proxy. */
  peer: string;
  /** True when the page stands on https, by PUBLIC_URL or by a trusted proxy's word. */
  https: boolean;
  /** performance.now() when the head was there. */
  startedAt: number;
};

/** The headers that an answer to this call carries unless it sets them itself. */
export const baseHeaders = ({ incoming, https, requestId }: Call): HeaderList => [
  ...securityHeaders(incoming.path, https),
  ["x-request-id", requestId],
];

/**
 * Answers an error that no route has words for: its code and the request's id, nothing of its cause. The API speaks
 * JSON in errors too.
 */
export function answerError(call: Call, status: number, code: string, more: HeaderList = [], close = false) {
  const { exchange, incoming, requestId } = call;
  const asJson = incoming.path.startsWith("/api/v1/");
  const body = asJson
    ? JSON.stringify({ error: { code, message: code, data: null, request_id: requestId } })
    : `${status} ${code} ${requestId}\n`;
  const type = asJson ? "application/json" : "text/plain; charset=utf-8";
  const headers: HeaderList = [...baseHeaders(call), ...more, ["content-type", type]];
  exchange.answer({ status, headers }, incoming.method === "HEAD" ? null : body, close);
}

/** One line per request at level debug. Query strings and the last part of secret links hold tokens and stay out. */
export function logCall(log: Logger, { incoming, exchange, requestId, startedAt }: Call, outcome: "answered" | "lost") {
  if (!log.isLevelEnabled("debug")) return;
  const ms = Math.round((performance.now() - startedAt) * 10) / 10;
  const { method, path } = incoming;
  log.debug({ requestId, method, path: loggedPath(path), status: exchange.status, outcome, ms }, "request");
}

export const loggedPath = (path: string) => path.replace(/^(\/(?:invite|join|reset|media)\/).+/, "$1…");
