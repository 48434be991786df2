import { shrinkBytes, sizeOfBytes } from "./picture.server";

const MOST_BYTES = 4 * 1024;
const DATA_URL = /^data:image\/(?:webp|jpeg);base64,([A-Za-z0-9+/]+={0,2})$/;
/** A still picture stands for a moment, a poster until somebody presses play. */
const STILL = 24;
const POSTER = 160;

const bytesOf = (url: string) => Buffer.from(DATA_URL.exec(url)?.[1] ?? "", "base64");

/**
 * A placeholder as a stranger sent it, drawn anew, so that no byte of theirs reaches a reader; null for what is not a
 * picture of at most 4 KB in a data URL (WebP or JPEG).
 */
export async function redrawPlaceholder(given: string, moves: boolean): Promise<string | null> {
  const bytes = given.length <= MOST_BYTES * 2 ? bytesOf(given) : Buffer.alloc(0);
  if (bytes.length === 0 || bytes.length > MOST_BYTES) return null;
  for (const quality of [60, 30, 5]) {
    const drawn = await shrinkBytes(bytes, moves ? POSTER : STILL, quality).catch(() => null);
    if (!drawn) return null;
    if (drawn.length <= MOST_BYTES) return `data:image/webp;base64,${drawn.toString("base64")}`;
  }
  return null;
}

/** Its size in pixels. */
export const measurePlaceholder = (placeholder: string) => sizeOfBytes(bytesOf(placeholder));
