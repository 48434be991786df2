import { createHmac } from "node:crypto";
import { log } from "~/platform/log.server";
import { purposeKey, seal, unseal } from "~/platform/secrets/seal.server";

const PURPOSE = "channel-settings";

type Place = { orgId: string; channelId: string };

const placeOf = (place: Place) => `${place.orgId}:${place.channelId}`;

/** Encrypts a channel's settings, bound to their row: bytes moved to another row do not open. */
export const sealSettings = (settings: unknown, place: Place): Buffer => seal(PURPOSE, placeOf(place), settings);

/** @throws Error when the key is another or the bytes belong to another row */
export const openSettings = (sealed: Buffer, place: Place): unknown => unseal(PURPOSE, placeOf(place), sealed);

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
  createHmac("sha256", purposeKey(PURPOSE)).update(secret).digest("hex").slice(0, 32);
