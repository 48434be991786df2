import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { env } from "../env.server";

/** 1 had no key id. */
const VERSION = 2;
const KEY_ID_BYTES = 4;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A key of the installation for one purpose, made of SECRET_KEY. */
export const purposeKey = (purpose: string): Buffer =>
  createHash("sha256").update(`${purpose}:${env().secretKey}`).digest();

/** Says which key sealed, and nothing else of it. */
const keyId = (key: Buffer) => createHmac("sha256", key).update("key id").digest().subarray(0, KEY_ID_BYTES);
const boundTo = (place: string, head: Buffer) => Buffer.concat([Buffer.from(place), head.subarray(1)]);

/**
 * Encrypts a value as JSON with AES-256-GCM, bound to a purpose and a place: bytes moved elsewhere do not open.
 * Layout: version (1), key id (4), nonce (12), tag (16), ciphertext.
 */
export function seal(purpose: string, place: string, value: unknown): Buffer {
  const key = purposeKey(purpose);
  const head = Buffer.concat([Buffer.from([VERSION]), keyId(key)]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(boundTo(place, head));
  const text = Buffer.concat([cipher.update(JSON.stringify(value), "utf8"), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), text]);
}

/** @throws Error when the key is another (which is said), or the bytes were changed or belong to another place */
export function unseal(purpose: string, place: string, sealed: Buffer): unknown {
  const key = purposeKey(purpose);
  const version = sealed[0];
  if (version !== 1 && version !== VERSION) throw new Error("sealed in a way that is not known here");
  const head = sealed.subarray(0, version === VERSION ? 1 + KEY_ID_BYTES : 1);
  if (version === VERSION && !head.subarray(1).equals(keyId(key))) throw new Error("sealed with another SECRET_KEY");
  const body = head.length + NONCE_BYTES + TAG_BYTES;
  const nonce = sealed.subarray(head.length, head.length + NONCE_BYTES);
  const tag = sealed.subarray(head.length + NONCE_BYTES, body);
  // A shorter tag would be easier to guess.
  const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(boundTo(place, head))
    .setAuthTag(tag);
  const text = Buffer.concat([decipher.update(sealed.subarray(body)), decipher.final()]);
  return JSON.parse(text.toString("utf8"));
}
