import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { CHECKSUM_ALGORITHMS, checksumOf } from "./checksum";

const sumOf = (algorithm: string, text: string) =>
  `${algorithm} ${createHash(algorithm).update(text).digest("base64")}`;

describe("a part's checksum", () => {
  it.each(CHECKSUM_ALGORITHMS)("by %s holds for its bytes, in any pieces, and for no others", (algorithm) => {
    for (const [text, holds] of [
      ["hello", true],
      ["hallo", false],
    ] as const) {
      const sum = checksumOf(sumOf(algorithm, "hello"));
      for (const letter of text) sum?.update(Buffer.from(letter));
      expect(sum?.matches()).toBe(holds);
    }
  });

  it("need not be there", () => expect(checksumOf(null)).toBe(null));

  it.each(["", "sha1", "sha512 aGVsbG8=", "sha1 aGVsbG8=", "sha1 ???", "md5  x", `constructor ${"a".repeat(28)}`])(
    "%j is none",
    (header) => expect(() => checksumOf(header)).toThrow("checksum_unsupported"),
  );
});
