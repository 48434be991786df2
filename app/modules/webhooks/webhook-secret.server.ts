import { createHmac } from "node:crypto";
import { newSecret } from "~/modules/accounts/index.server";
import { seal, unseal } from "~/platform/secrets/seal.server";

const PURPOSE = "webhook-secret";

type Place = { orgId: string; id: string };
const placeOf = ({ orgId, id }: Place) => `${orgId}:${id}`;

/** A new secret and how it is kept: sealed, bound to its row. It is told once. */
export function makeSecret(place: Place): { secret: string; sealed: Buffer } {
  const secret = `whs_${newSecret()}`;
  return { secret, sealed: seal(PURPOSE, placeOf(place), secret) };
}

/** @throws Error when the key is another or the bytes belong to another row */
export const openSecret = (sealed: Buffer, place: Place): string => String(unseal(PURPOSE, placeOf(place), sealed));

/**
 * The header `X-Guazu-Signature`: when it was signed, and for each secret the HMAC of that time, a dot and the body. Who
 * takes it compares one of them, and refuses what is old.
 */
export function signatureOf(body: string, secrets: readonly string[], at: Date): string {
  const t = Math.floor(at.getTime() / 1_000);
  const signed = secrets.map((secret) => `v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`);
  return [`t=${t}`, ...signed].join(",");
}
