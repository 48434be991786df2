import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** 256 random bits that fit in a link. */
export const newSecret = (): string => randomBytes(32).toString("base64url");

/** What is stored of a secret of 128 bits or more; such secrets need no slow hash, since nobody can try them all. */
export const hashSecret = (secret: string): string => createHash("sha256").update(secret, "utf8").digest("hex");

/** Compares in a time that tells nothing about where two texts differ. */
export function sameSecret(a: string, b: string): boolean {
  const [left, right] = [a, b].map((text) => createHash("sha256").update(text, "utf8").digest());
  return left !== undefined && right !== undefined && timingSafeEqual(left, right);
}
