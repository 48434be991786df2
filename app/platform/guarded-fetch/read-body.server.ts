import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { FetchRefusal } from "./fetch-refusal";

const UNPACKERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

export const ACCEPTED_ENCODINGS = "gzip, deflate, br";

/**
 * The body, unpacked, of at most `limit` bytes: what is unpacked counts, so that a small one that unpacks to a large one
 * is cut off in the midst of it. `cut` takes what came up to there instead of refusing.
 * @throws FetchRefusal `too_large`, `unreachable` for a body that breaks off or is packed in no known way
 */
export async function readBody(answer: IncomingMessage, limit: number, cut: boolean): Promise<Buffer> {
  const packed = answer.headers["content-encoding"]?.trim().toLowerCase();
  const unpacker = packed && packed !== "identity" ? UNPACKERS[packed] : null;
  if (unpacker === undefined) throw new FetchRefusal("unreachable");
  if (!cut && Number(answer.headers["content-length"] ?? 0) > limit) throw new FetchRefusal("too_large");
  const body = unpacker ? answer.pipe(unpacker()) : answer;
  answer.on("error", (error) => body.destroy(error));
  const parts: Buffer[] = [];
  let length = 0;
  try {
    for await (const part of body as AsyncIterable<Buffer>) {
      parts.push(part.subarray(0, limit - length));
      length += part.length;
      if (length > limit && !cut) throw new FetchRefusal("too_large");
      if (length > limit) break;
    }
  } catch (cause) {
    throw cause instanceof FetchRefusal ? cause : new FetchRefusal("unreachable", { cause });
  } finally {
    body.destroy();
    answer.destroy();
  }
  return Buffer.concat(parts);
}
