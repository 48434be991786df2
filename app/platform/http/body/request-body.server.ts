import { type AppError, tooLarge } from "../../errors";
import type { Exchange } from "../exchange.server";
import type { Incoming } from "../incoming.server";
import { BodyQueue } from "./body-queue";

export type BodyLimit = { prefix: string; bytes: number };

const MIB = 1024 * 1024;
/**
 * The largest body per address, the first prefix that fits. Meta sends webhooks of up to 3 MB; uploads count for
 * themselves.
 */
export const BODY_LIMITS: readonly BodyLimit[] = [
  { prefix: "/webhooks/meta", bytes: 4 * MIB },
  { prefix: "/uploads", bytes: Number.POSITIVE_INFINITY },
  // A file of contacts, read as it comes.
  { prefix: "/contacts/import", bytes: 20 * MIB },
  // A logo, with the form around it.
  { prefix: "/admin/organisation", bytes: 5 * MIB },
  { prefix: "/", bytes: MIB },
];

export const bodyLimit = (pathname: string, limits: readonly BodyLimit[]) =>
  limits.find(({ prefix }) => pathname.startsWith(prefix))?.bytes ?? MIB;

/** What waits for a reader before the sender is made to wait. */
const HIGH_WATER = 256 * 1024;
/**
 * How much of a refused body is thrown away, so that a client that reads only after writing still hears the refusal.
 */
const FORBEARANCE = 4 * MIB;
// A paused body still counts down uWebSockets.js's 10 s; resuming for an instant winds the clock up and reads nothing.
const REWIND_MS = 4_000;
/** What came of an upload whose line is gone may still be written for so long. */
const AFTERMATH_MS = 30_000;

/** What a reader hears that comes after the answer: never a part that looks like the whole. */
const UNREAD = new DOMException("The request was answered before its body was read.", "AbortError");

/**
 * A request's body: handed on as fast as the handler reads it, no faster. A sender that is told to stop and goes on, as one
 * on the same machine can, is hung up on once too much waits. Of an upload what came before its line broke is handed on
 * all the same. Meant to be made in the same turn in which the request came in, since uWebSockets.js drops what arrives
 * while nobody listens.
 */
export class RequestBody {
  readonly #exchange: Exchange;
  readonly #limit: number;
  readonly #declared: number | undefined;
  readonly #queue = new BodyQueue();
  #received = 0;
  #complete = false;
  #discarding = false;
  #paused: NodeJS.Timeout | undefined;
  #failure: Error | undefined;
  #wake: (() => void) | undefined;
  #enough: (() => void) | undefined;

  constructor(exchange: Exchange, incoming: Incoming, limit: number) {
    this.#exchange = exchange;
    this.#limit = limit;
    const length = incoming.headers.get("content-length");
    this.#declared = length === undefined ? undefined : Number(length);
    if (this.#declared !== undefined && this.#declared > limit) this.#refuse(tooLarge(limit));
    exchange.onData((chunk, last) => this.#take(chunk, last));
    exchange.signal.addEventListener("abort", () => this.#fail(exchange.signal.reason as Error), { once: true });
  }

  /** True when more came, or was announced, than the limit of this address. */
  get tooLarge() {
    return this.#failure !== undefined && (this.#failure as AppError).code === "too_large";
  }

  /**
   * True while all that came has been read, and there is more to come. An upload is always read as fast as it can be
   * kept, and comes for as long as its sender needs.
   */
  get awaited() {
    const read = this.#queue.bytes === 0 || this.#isUpload;
    return !this.#complete && read && this.#failure === undefined;
  }

  /** The body as fetch's Request wants it; fails with `too_large` or when the client goes away. */
  stream(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>(
      { pull: (controller) => this.#pull(controller), cancel: () => this.#discard() },
      { highWaterMark: 0 },
    );
  }

  /**
   * The whole body in one piece, for a limit that fits into memory.
   * @throws AppError `too_large`, or what tells that the client went away
   */
  async whole(): Promise<Buffer> {
    while (!this.#complete && !this.#failure) {
      this.#resume();
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    if (this.#failure) throw this.#failure;
    return this.#queue.takeAll();
  }

  /**
   * Called before an answer goes out: what nobody will read is thrown away so that the connection can serve the next
   * request. Answers false when too much is still to come: the answer must say `connection: close`, and the connection,
   * read no more, dies by uWebSockets.js's own clock a few seconds after the client has read it.
   */
  release(): boolean {
    // Nobody hears the answer, and what came of an upload may still be on its way to the disk.
    if (!this.#exchange.alive && this.#isUpload) return true;
    this.#discard();
    if (this.#complete || this.#remaining() <= FORBEARANCE) return true;
    clearInterval(this.#paused);
    this.#exchange.pause();
    return false;
  }

  /** Settles once a refused body has been thrown away, whole or as much as is reasonable. */
  async discarded(): Promise<void> {
    this.#discard();
    if (this.#complete || this.#isHopeless()) return;
    await new Promise<void>((enough) => (this.#enough = enough));
  }

  #take(chunk: Uint8Array, last: boolean) {
    this.#complete = last;
    this.#received += chunk.length;
    if (this.#received > this.#limit && !this.#failure) this.#refuse(tooLarge(this.#limit));
    if (this.#discarding || !this.#exchange.alive) {
      if (last || this.#isHopeless()) this.#enough?.();
      return;
    }
    this.#queue.push(chunk);
    if (last) this.#resume();
    else if (this.#queue.overflows) this.#exchange.cut();
    else if (this.#queue.bytes > HIGH_WATER) this.#pause();
    this.#awake();
  }

  async #pull(controller: ReadableStreamDefaultController<Uint8Array>) {
    while (this.#queue.bytes === 0 && !this.#complete && !this.#failure) {
      this.#resume();
      await new Promise<void>((wake) => (this.#wake = wake));
    }
    const chunk = this.#failure && !this.#isUpload ? undefined : this.#queue.shift();
    if (chunk === undefined) return this.#failure ? controller.error(this.#failure) : controller.close();
    controller.enqueue(chunk);
    if (this.#queue.bytes === 0 && this.#complete) controller.close();
    else if (this.#queue.bytes < HIGH_WATER) this.#resume();
  }

  get #isUpload() {
    return this.#limit === Number.POSITIVE_INFINITY;
  }

  #remaining() {
    return this.#declared === undefined ? Number.POSITIVE_INFINITY : this.#declared - this.#received;
  }

  #isHopeless() {
    return Math.max(this.#received, this.#declared ?? 0) > this.#limit + FORBEARANCE;
  }

  #refuse(error: AppError) {
    this.#fail(error);
    this.#discard();
  }

  #fail(error: Error) {
    clearInterval(this.#paused);
    if (this.#complete && this.#queue.bytes === 0) return;
    if (this.#isUpload) setTimeout(() => this.#lose(error), AFTERMATH_MS).unref();
    if (!this.#isUpload || !this.#complete) this.#failure ??= error;
    if (!this.#isUpload) this.#queue.drop();
    this.#awake();
    this.#enough?.();
  }

  #lose(error: Error) {
    if (this.#queue.bytes > 0) this.#failure ??= error;
    this.#queue.drop();
  }

  #discard() {
    this.#discarding = true;
    if (!this.#complete || this.#queue.bytes > 0) this.#failure ??= UNREAD;
    this.#queue.drop();
    this.#resume();
  }

  #pause() {
    if (this.#paused) return;
    this.#exchange.pause();
    this.#paused = setInterval(() => {
      this.#exchange.resume();
      this.#exchange.pause();
    }, REWIND_MS);
  }

  #resume() {
    if (!this.#paused) return;
    clearInterval(this.#paused);
    this.#paused = undefined;
    this.#exchange.resume();
  }

  #awake() {
    const wake = this.#wake;
    this.#wake = undefined;
    wake?.();
  }
}
