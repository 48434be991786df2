import type { Exchange, HeaderList } from "./exchange.server";
import type { Incoming } from "./incoming.server";
import { FILE_POLICY } from "./security-headers.server";
import type { Encoding, StaticFile } from "./static-files.server";

/** Answers a GET or HEAD for a file of the client build: conditional, compressed, or one range of it. */
export async function answerFile(exchange: Exchange, incoming: Incoming, file: StaticFile, base: HeaderList) {
  const headers: [string, string][] = base.filter(([name]) => !OWN.has(name)).map(([name, value]) => [name, value]);
  headers.push(["etag", file.etag], ["cache-control", file.cacheControl]);
  headers.push(["content-security-policy", FILE_POLICY]);
  if (file.encoded.br ?? file.encoded.gzip) headers.push(["vary", "accept-encoding"]);
  if (isFresh(incoming.headers.get("if-none-match"), file.etag)) return exchange.answer({ status: 304, headers }, null);
  headers.push(["content-type", file.type], ["accept-ranges", "bytes"]);
  const range = incoming.headers.get("range");
  const part = range && usesRange(incoming, file) ? findRange(range, file.bytes.length) : undefined;
  if (part === "unsatisfiable") {
    headers.push(["content-range", `bytes */${file.bytes.length}`]);
    return exchange.answer({ status: 416, headers }, incoming.method === "HEAD" ? null : "");
  }
  if (part) {
    headers.push(["content-range", `bytes ${part.from}-${part.to}/${file.bytes.length}`]);
    return send(exchange, incoming, 206, headers, file.bytes.subarray(part.from, part.to + 1));
  }
  const encoding = chooseEncoding(incoming.headers.get("accept-encoding"), file);
  if (encoding) headers.push(["content-encoding", encoding]);
  return send(exchange, incoming, 200, headers, (encoding && file.encoded[encoding]) ?? file.bytes);
}

const OWN = new Set(["cache-control", "content-security-policy"]);

function send(exchange: Exchange, { method }: Incoming, status: number, headers: HeaderList, bytes: Uint8Array) {
  if (method !== "HEAD") return exchange.answer({ status, headers }, bytes);
  exchange.answer({ status, headers: [...headers, ["content-length", String(bytes.length)]] }, null);
}

const isFresh = (asked: string | undefined, etag: string) =>
  asked?.split(",").some((tag) => tag.trim().replace(/^W\//, "") === etag);

/** A range is only good for the very file the client has a part of. */
function usesRange({ method, headers }: Incoming, { etag }: StaticFile) {
  const condition = headers.get("if-range");
  return method === "GET" && (condition === undefined || condition === etag);
}

/**
 * One range of a Range header; undefined when it is not one range of bytes (then the whole is sent: RFC 9110, 14.2,
 * lets a server ignore it, and many ranges are a known way to make a server work).
 */
function findRange(header: string, size: number): { from: number; to: number } | "unsatisfiable" | undefined {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header.trim());
  if (!match) return undefined;
  const [, first = "", last = ""] = match;
  if (first === "" && last === "") return undefined;
  const from = first === "" ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1);
  if (first !== "" && last !== "" && Number(last) < from) return undefined;
  return from >= size || to < from || (first === "" && Number(last) === 0) ? "unsatisfiable" : { from, to };
}

/** Brotli before gzip, of those that there are; an encoding with `q=0` is refused by the client. */
function chooseEncoding(accepted: string | undefined, { encoded }: StaticFile): Encoding | undefined {
  const offers = accepted?.split(",").map((offer) => offer.trim().toLowerCase().split(";")) ?? [];
  const takes = (name: string) =>
    offers.some(([coding, ...rest]) => coding === name && !rest.some((p) => /^\s*q=0(\.0*)?\s*$/.test(p)));
  return (["br", "gzip"] as const).find((encoding) => encoded[encoding] && takes(encoding));
}
