import type { Exchange, Head, HeaderList } from "./exchange.server";

// Said by the connection itself, or by the length we send with.
const OF_THE_CONNECTION = new Set([
  "connection",
  "keep-alive",
  "transfer-encoding",
  "content-length",
  "date",
  "upgrade",
]);
const WITHOUT_BODY = new Set([204, 205, 304]);

export type Sending = {
  exchange: Exchange;
  /** HEAD sends no body. */
  method: string;
  /** Headers for those that the response does not set itself. */
  base: HeaderList;
  /**
   * Asked before the head leaves; false adds `connection: close`. `whole` tells that the answer is complete already.
   */
  release: (whole: boolean) => boolean;
};

/**
 * Sends fetch's Response: whole where its body is one chunk, else as it comes, as fast as the client reads.
 * @throws what the body throws before its first byte (nothing has been sent then), or BrokenAnswer
 */
export async function sendResponse(response: Response, sending: Sending): Promise<void> {
  const { exchange, method } = sending;
  const whole = (body: Uint8Array | string | null) => exchange.answer(headOf(response, sending, true), body);
  if (method === "HEAD" || WITHOUT_BODY.has(response.status)) {
    void response.body?.cancel().catch(ignored);
    return whole(null);
  }
  if (!response.body) return whole("");
  const reader: Reader = response.body.getReader();
  const cancel = () => void reader.cancel().catch(ignored);
  if (!exchange.alive) return cancel();
  exchange.signal.addEventListener("abort", cancel, { once: true });
  const first = await reader.read();
  if (first.done) return whole("");
  const length = contentLength(response);
  const next = read(reader);
  const second = length === undefined ? await Promise.race([next, endOfTurn()]) : undefined;
  if (second?.done && first.value instanceof Uint8Array) return whole(first.value);
  exchange.open(headOf(response, sending, false), length);
  await pump(exchange, reader, first.value, next);
}

type Reader = ReadableStreamDefaultReader<unknown>;

async function pump(exchange: Exchange, reader: Reader, first: unknown, second: ReturnType<typeof read>) {
  try {
    let value = first;
    let next = second;
    while (exchange.alive) {
      if (!(value instanceof Uint8Array)) throw new TypeError("A body must be a stream of Uint8Array");
      await exchange.write(value);
      const part = await next;
      if (part.done) return exchange.finish();
      value = part.value;
      next = read(reader);
    }
  } catch (error) {
    // Half an answer has left; cutting the connection is how the client learns that it is not whole.
    exchange.cut();
    void reader.cancel().catch(ignored);
    throw new BrokenAnswer(error);
  }
}

/** An answer's body failed after its head had left. */
class BrokenAnswer extends Error {
  constructor(cause: unknown) {
    super("the body of an answer failed half-way", { cause });
  }
}

/** A read that nobody may come to await (the client can leave first) must not count as an unhandled rejection. */
function read(reader: Reader) {
  const part = reader.read();
  part.catch(ignored);
  return part;
}

function headOf(response: Response, { method, base, release }: Sending, whole: boolean): Head {
  const headers: [string, string][] = [];
  for (const [name, value] of response.headers) if (!OF_THE_CONNECTION.has(name)) headers.push([name, value]);
  for (const [name, value] of base) if (!response.headers.has(name)) headers.push([name, value]);
  const length = response.headers.get("content-length");
  if (method === "HEAD" && length !== null) headers.push(["content-length", length]);
  if (!release(whole)) headers.push(["connection", "close"]);
  return { status: response.status, headers };
}

function contentLength({ headers }: Response) {
  const length = headers.get("content-length");
  return length !== null && /^[1-9]\d{0,14}$/.test(length) ? Number(length) : undefined;
}

const endOfTurn = () => new Promise<undefined>((done) => setImmediate(done, undefined));
const ignored = () => undefined;
