import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes } from "node:crypto";
import { env } from "~/platform/env.server";
import { log } from "~/platform/log.server";

const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

type Place = { orgId: string; channelId: string };

const key = () => createHash("sha256").update(`channel-settings:${env().secretKey}`).digest();
const aad = (place: Place) => Buffer.from(`${place.orgId}:${place.channelId}`);

/**
 * Encrypts a channel's settings with AES-256-GCM, bound to their row: bytes moved to another row do not open.
 * Layout: version (1), nonce (12), tag (16), ciphertext.
 */
export function sealSettings(settings: unknown, place: Place): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key(), nonce).setAAD(aad(place));
  const text = Buffer.concat([cipher.update(JSON.stringify(settings), "utf8"), cipher.final()]);
  return Buffer.concat([Buffer.from([VERSION]), nonce, cipher.getAuthTag(), text]);
}

/** @throws Error when the key is another or the bytes belong to another row */
export function openSettings(sealed: Buffer, place: Place): unknown {
  const nonce = sealed.subarray(1, 1 + NONCE_BYTES);
  const tag = sealed.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv("aes-256-gcm", key(), nonce).setAAD(aad(place)).setAuthTag(tag);
  const text = Buffer.concat([decipher.update(sealed.subarray(1 + NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  return JSON.parse(text.toString("utf8"));
}

/** The same for work on many channels at once: null, logged, where one does not open, so that the others go on. */
export function openOrNull(sealed: Buffer, place: Place): unknown {
  try {
    return openSettings(sealed, place);
  } catch (error) {
    log.error({ err: error, channel: place.channelId }, "a channel's settings do not open");
    return null;
  }
}

/** Names a secret without telling it, so that a channel can be bound to the one that signs its webhooks. */
export const secretFingerprint = (secret: string): string =>
  createHmac("sha256", key()).update(secret).digest("hex").slice(0, 32);
