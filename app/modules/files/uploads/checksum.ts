import { createHash } from "node:crypto";
import { AppError } from "~/platform/errors";

/** What a part's sum may be made by, as the protocol's OPTIONS tell. */
export const CHECKSUM_ALGORITHMS = ["sha256", "sha1", "md5"];

export type Checksum = { update(bytes: Uint8Array): void; matches(): boolean };

/**
 * The sum that `Upload-Checksum` says of a part's bytes: an algorithm, a space, and the sum in Base64. Null without one.
 * @throws AppError `checksum_unsupported` (400) for another algorithm, and for what is no sum of it
 */
export function checksumOf(header: string | null): Checksum | null {
  if (header === null) return null;
  const [, algorithm = "", said = ""] = /^([a-z0-9]+) ([A-Za-z0-9+/]+={0,2})$/.exec(header.trim()) ?? [];
  if (!CHECKSUM_ALGORITHMS.includes(algorithm)) throw new AppError("checksum_unsupported", 400);
  const hash = createHash(algorithm);
  const wanted = Buffer.from(said, "base64");
  if (wanted.length !== hash.copy().digest().length) throw new AppError("checksum_unsupported", 400);
  return { update: (bytes) => void hash.update(bytes), matches: () => hash.digest().equals(wanted) };
}
