import type { HttpResponse } from "uWebSockets.js";
import { STATUS_CODES } from "node:http";

export type HeaderList = ReadonlyArray<readonly [name: string, value: string]>;
export type Head = { status: number; headers: HeaderList };

const LOST = new DOMException("The client closed the connection.", "AbortError");
const ANSWERED = new DOMException("The answer has been sent.", "AbortError");

/**
 * True when the request's signal fired because the client went away, false when it fired because the answer is out.
 * @param error what a handler failed with; it tells when the signal cannot (undici's copies of a Request can lose
 * theirs to the garbage collector)
 */
export const clientLeft = (signal: AbortSignal, error?: unknown) =>
  error === LOST || (signal.aborted && signal.reason !== ANSWERED);

/** What is handed to the socket in one go: one slow reader never holds more than this of a stream in memory. */
const SLICE = 64 * 1024;

/**
 * One request's connection. A finished or lost response must never be touched again (uWebSockets.js throws, and ends
 * the process where no abort handler was attached), so nothing else in the product holds the native response.
 */
export class Exchange {
  readonly #res: HttpResponse;
  readonly #abort = new AbortController();
  readonly #settled: (outcome: "answered" | "lost") => void;
  #alive = true;
  #total: number | undefined;
  #retry: (() => boolean) | undefined;
  #wake: (() => void) | undefined;
  /** The status that went out, 0 as long as none did. */
  status = 0;

  constructor(res: HttpResponse, settled: (outcome: "answered" | "lost") => void) {
    this.#res = res;
    this.#settled = settled;
    res.onAborted(() => this.#settle(LOST));
  }

  get alive() {
    return this.#alive;
  }

  /** Fires when the client goes away, and (so that whoever waits on it can clean up) when the answer has left whole. */
  get signal() {
    return this.#abort.signal;
  }

  /** Hands each chunk of the body over as a copy of its own. */
  onData(handler: (chunk: Uint8Array, last: boolean) => void) {
    this.#res.onData((chunk, last) => handler(new Uint8Array(chunk.slice(0)), last));
  }

  pause() {
    if (this.#alive) this.#res.pause();
  }

  resume() {
    if (this.#alive) this.#res.resume();
  }

  /**
   * Sends a whole answer; `null` is an answer without a body (HEAD, 204, 304). `close` ends the connection after it.
   */
  answer(head: Head, body: Uint8Array | string | null, close = false) {
    if (!this.#alive) return;
    if (body instanceof Uint8Array && body.length > SLICE && !close) {
      this.open(head, body.length);
      void this.write(body);
      return;
    }
    this.#res.cork(() => {
      this.#writeHead(head);
      // (With an argument, even `undefined`, endWithoutBody writes a length of its own.)
      if (body === null && !close) this.#res.endWithoutBody();
      else this.#res.end(body ?? "", close);
    });
    this.#settle(ANSWERED);
  }

  /** Starts an answer whose body follows by `write`: of `total` bytes, or in chunks when the length is not known. */
  open(head: Head, total?: number) {
    if (!this.#alive) return;
    this.#total = total;
    this.#res.onWritable(() => this.#retry?.() ?? true);
    this.#res.cork(() => this.#writeHead(head));
  }

  /** Sends a part of the body; settles when the socket took it, or when the client is gone. */
  async write(bytes: Uint8Array): Promise<void> {
    for (let at = 0; at < bytes.length && this.#alive; at += SLICE) {
      const slice = bytes.subarray(at, at + SLICE);
      const taken = this.#total === undefined ? this.#writeChunk(slice) : this.#writeOf(slice, this.#total);
      if (!taken && this.#alive) await new Promise<void>((wake) => (this.#wake = wake));
    }
  }

  /** Ends the body. An answer shorter than it announced cannot be repaired: its connection is cut. */
  finish() {
    if (!this.#alive) return;
    if (this.#total !== undefined) return this.cut();
    this.#res.cork(() => this.#res.end());
    this.#settle(ANSWERED);
  }

  /** Closes the connection without a word, the only honest end for an answer that broke half-way. */
  cut() {
    if (this.#alive) this.#res.close();
  }

  #writeChunk(slice: Uint8Array) {
    let taken = true;
    this.#res.cork(() => {
      taken = this.#res.write(slice);
    });
    this.#retry = () => {
      this.#awake();
      return true;
    };
    return taken;
  }

  #writeOf(slice: Uint8Array, total: number) {
    const start = this.#res.getWriteOffset();
    const bytes = slice.subarray(0, total - start);
    const attempt = () => {
      let taken = true;
      let done = false;
      this.#res.cork(() => {
        [taken, done] = this.#res.tryEnd(bytes.subarray(this.#res.getWriteOffset() - start), total);
      });
      if (done) this.#settle(ANSWERED);
      return taken || done;
    };
    this.#retry = () => {
      const taken = attempt();
      if (taken) this.#awake();
      return taken;
    };
    return attempt();
  }

  #writeHead({ status, headers }: Head) {
    this.status = status;
    this.#res.writeStatus(`${status} ${STATUS_CODES[status] ?? "Status"}`);
    for (const [name, value] of headers) this.#res.writeHeader(name, asBytes(value));
  }

  #awake() {
    const wake = this.#wake;
    this.#wake = undefined;
    this.#retry = undefined;
    wake?.();
  }

  #settle(reason: DOMException) {
    if (!this.#alive) return;
    this.#alive = false;
    this.#awake();
    this.#abort.abort(reason);
    this.#settled(reason === LOST ? "lost" : "answered");
  }
}

/** A header's value is a string of bytes (latin1) in fetch's Headers; uWebSockets.js would write it as UTF-8. */
const asBytes = (value: string) => (isAscii(value) ? value : Buffer.from(value, "latin1"));
const isAscii = (value: string) => /^[\t\x20-\x7e]*$/.test(value);
