import { v7 } from "uuid";

/** Random bytes for many ids at once: asked for one by one they were a sixteenth of what a page costs. */
const BYTES = 16;
const pool = new Uint8Array(BYTES * 256);
let used = pool.length;

function randomBytes(): Uint8Array {
  if (used === pool.length) {
    crypto.getRandomValues(pool);
    used = 0;
  }
  used += BYTES;
  return pool.slice(used - BYTES, used);
}

/** When the last id was made, and its number within that millisecond. */
let msecs = 0;
let seq = 0;

/**
 * A new UUIDv7: sorts by the time it was made, and after all that this process made before, so that indexes stay dense.
 * In the browser too, where `crypto.randomUUID` is there only under https: a shop that tries GuazuApp on its own network
 * has none. (RFC 9562, 5.7 and 6.2: a 31-bit counter that begins at a random place.)
 */
export function newId<T extends string = string>(): T {
  const random = randomBytes();
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    seq = new DataView(random.buffer).getUint32(6) & 0x7fffffff;
  } else {
    seq = (seq + 1) | 0;
    if (seq === 0) msecs++;
  }
  return v7({ random, msecs, seq }) as T;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const isUuid = (value: unknown): value is string => typeof value === "string" && UUID.test(value);
