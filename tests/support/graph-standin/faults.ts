import type { IncomingMessage, ServerResponse } from "node:http";
import { errorBody, type GraphError } from "./graph-error";

/**
 * What goes wrong with a call. Those named `…_after_accept` let the message through and spoil only the answer: the
 * customer has it, and the sender cannot know.
 */
export type Fault =
  | { kind: "html_502" }
  | { kind: "html_502_after_accept" }
  | { kind: "code_1_after_accept" }
  | { kind: "nonsense_after_accept" }
  | { kind: "silence_before_accept" }
  | { kind: "silence_after_accept" }
  | { kind: "reset_before_accept" }
  | { kind: "reset_after_accept" }
  | { kind: "slow_body"; ms: number }
  | { kind: "redirect"; to: string }
  | { kind: "auth"; subcode?: number }
  | { kind: "throttle"; code: number; regainMinutes?: number; retryAfterSeconds?: number }
  | { kind: "error"; error: GraphError };

type Planned = { fault: Fault; times: number; method?: string; path?: RegExp };

/** The faults that wait for calls: each is used up after its number of times. */
export function faultQueue() {
  const planned: Planned[] = [];
  return {
    plan(fault: Fault, options: { times?: number; method?: string; path?: RegExp } = {}) {
      planned.push({ fault, times: options.times ?? 1, method: options.method, path: options.path });
    },
    take(method: string, path: string): Fault | undefined {
      const found = planned.find(
        (p) => p.times > 0 && (!p.method || p.method === method) && (!p.path || p.path.test(path)),
      );
      if (found) found.times--;
      return found?.fault;
    },
    clear: () => planned.splice(0),
  };
}

/** True when the call is carried out before its answer is spoilt. */
export const acceptsFirst = (fault: Fault) => fault.kind.endsWith("_after_accept") || fault.kind === "slow_body";

const HTML = "<!DOCTYPE html><html><head><title>502</title></head><body>Bad Gateway</body></html>";

export function writeJson(res: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}) {
  res.writeHead(status, { "Content-Type": "application/json; charset=UTF-8", ...headers });
  res.end(JSON.stringify(body));
}

export const writeError = (res: ServerResponse, error: GraphError) =>
  writeJson(res, error.status, errorBody(error), error.headers);

function throttled(fault: Extract<Fault, { kind: "throttle" }>): GraphError {
  const usage = {
    "200000000000001": [{ type: "whatsapp", call_count: 100, estimated_time_to_regain_access: fault.regainMinutes }],
  };
  return {
    status: 400,
    code: fault.code,
    message: "Rate limit hit",
    headers: {
      ...(fault.regainMinutes === undefined ? {} : { "X-Business-Use-Case-Usage": JSON.stringify(usage) }),
      ...(fault.retryAfterSeconds === undefined ? {} : { "Retry-After": String(fault.retryAfterSeconds) }),
    },
  };
}

/** Writes the spoilt answer; `answer` is what a healthy one would have said. */
export function spoil(fault: Fault, req: IncomingMessage, res: ServerResponse, answer: unknown) {
  switch (fault.kind) {
    case "html_502":
    case "html_502_after_accept":
      res.writeHead(502, { "Content-Type": "text/html" });
      return void res.end(HTML);
    case "code_1_after_accept":
      return writeError(res, { status: 500, code: 1, message: "An unknown error occurred" });
    case "nonsense_after_accept":
      res.writeHead(200, { "Content-Type": "application/json" });
      return void res.end('{"messages":[');
    case "silence_before_accept":
    case "silence_after_accept":
      return;
    case "reset_before_accept":
    case "reset_after_accept":
      return void req.socket.resetAndDestroy();
    case "slow_body": {
      res.writeHead(200, { "Content-Type": "application/json" });
      res.write(" ");
      const timer = setTimeout(() => res.end(JSON.stringify(answer)), fault.ms);
      return void res.on("close", () => clearTimeout(timer));
    }
    case "redirect":
      res.writeHead(302, { Location: fault.to });
      return void res.end();
    case "auth":
      return writeError(res, {
        status: 401,
        code: 190,
        subcode: fault.subcode,
        message: "Error validating access token",
      });
    case "throttle":
      return writeError(res, throttled(fault));
    case "error":
      return writeError(res, fault.error);
  }
}
