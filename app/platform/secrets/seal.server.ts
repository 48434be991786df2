import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { env } from "../env.server";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key of the installation for one purpose, made of SECRET_KEY. */
export const purposeKey = (purpose: string): Buffer =>
  createHash("sha256").update(`${purpose}:${env().secretKey}`).digest();

/**
 * Encrypts a value as JSON with AES-256-GCM, bound to a purpose and a place: bytes moved elsewhere do not open.
 * Layout: version (1), nonce (12), tag (16), ciphertext.
 */
export function seal(purpose: string, place: string, value: unknown): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", purposeKey(purpose), nonce).setAAD(Buffer.from(place));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]);
}

/** @throws Error when the key is another or the bytes belong to another place */
export function unseal(purpose: string, place: string, sealed: Buffer): unknown {
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", purposeKey(purpose), nonce)
    .setAAD(Buffer.from(place))
    .setAuthTag(tag);
  const text = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString("utf8"));
}
