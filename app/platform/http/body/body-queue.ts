const MIB = 1024 * 1024;

/** What may wait of one body. Parts that are cut at some megabytes never come near it. */
export const MOST_OF_ONE = 16 * MIB;
/** What may wait of all bodies together before those that are told to stop and go on lose their connection. */
const MOST_OF_ALL = 128 * MIB;
/** What a system keeps of a line besides: a sender that stops when it is told to leaves no more. */
const STOPPED_IN_TIME = 8 * MIB;

let ofAll = 0;

/** What came of one body and waits for its reader; every byte in it counts for the process until it is taken or dropped. */
export class BodyQueue {
  #chunks: Uint8Array[] = [];
  #bytes = 0;

  get bytes() {
    return this.#bytes;
  }

  /** True when its sender must be hung up on: uWebSockets.js reads on while a body is paused, where it comes fast enough. */
  get overflows() {
    return this.#bytes > MOST_OF_ONE || (ofAll > MOST_OF_ALL && this.#bytes > STOPPED_IN_TIME);
  }

  push(chunk: Uint8Array): void {
    if (chunk.length === 0) return;
    this.#chunks.push(chunk);
    this.#count(chunk.length);
  }

  shift(): Uint8Array | undefined {
    const chunk = this.#chunks.shift();
    if (chunk) this.#count(-chunk.length);
    return chunk;
  }

  /** Everything, in one piece. */
  takeAll(): Buffer {
    const parts = this.#chunks;
    this.drop();
    return parts.length === 1 && parts[0] ? Buffer.from(parts[0].buffer) : Buffer.concat(parts);
  }

  drop(): void {
    this.#chunks = [];
    this.#count(-this.#bytes);
  }

  #count(bytes: number) {
    this.#bytes += bytes;
    ofAll += bytes;
  }
}
