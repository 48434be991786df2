import http, { type IncomingMessage, type OutgoingHttpHeaders } from "node:http";
import https from "node:https";
import type { LookupFunction } from "node:net";
import { FetchRefusal } from "./fetch-refusal";
import type { Target } from "./find-target.server";

/** More than any honest site sends. */
const HEADERS_BYTES = 16_384;

export type Asked = { method: string; headers: OutgoingHttpHeaders; body?: string | Buffer; signal: AbortSignal };

/**
 * One request to the address that was looked at. The name is not asked for again: the connection is told where to go, is
 * nobody's before or after, and is looked at once more when it stands.
 * @throws FetchRefusal
 */
export function askTarget({ url, at }: Target, { method, headers, body, signal }: Asked): Promise<IncomingMessage> {
  const lookup: LookupFunction = (_name, options, answer) =>
    options.all ? answer(null, [at]) : answer(null, at.address, at.family);
  return new Promise((resolve, reject) => {
    const client = url.protocol === "https:" ? https : http;
    const options = { method, headers, signal, lookup, agent: false, maxHeaderSize: HEADERS_BYTES };
    const request = client.request(url, options, resolve);
    request.on("socket", (socket) =>
      socket.once("connect", () => {
        if (!isSame(socket.remoteAddress, at.address)) request.destroy(new FetchRefusal("address_refused"));
      }),
    );
    request.on("error", (cause) =>
      reject(cause instanceof FetchRefusal ? cause : new FetchRefusal("unreachable", { cause })),
    );
    request.end(body);
  });
}

/** IPv6 has many ways to write an address; the one way of URLs makes them equal. */
function isSame(connected: string | undefined, asked: string): boolean {
  const written = (address: string) => (address.includes(":") ? new URL(`http://[${address}]`).hostname : address);
  return connected !== undefined && written(connected) === written(asked);
}
