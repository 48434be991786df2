import { createHash, createHmac, timingSafeEqual } from "node:crypto";

const HEADER = /^sha256=([0-9a-f]{64})$/;

/**
 * The ids of all secrets with which Meta's `X-Hub-Signature-256` fits these bytes; empty means refuse. A fitting signature
 * proves the app, not the account named inside: the caller admits only channels bound to one of these secrets.
 * Never throws; SHA-1, upper-case digits, a missing header and an empty secret never fit. (Meta, "Webhooks: validating payloads")
 * @param raw the body's bytes as they arrived, before any parsing
 */
export function signedBy(
  raw: Buffer,
  header: string | undefined | null,
  secrets: readonly { id: string; secret: string }[],
): string[] {
  const digits = typeof header === "string" ? HEADER.exec(header)?.[1] : undefined;
  if (!digits || !Buffer.isBuffer(raw)) return [];
  const given = Buffer.from(digits, "hex");
  return secrets
    .filter(({ secret }) => typeof secret === "string" && secret !== "")
    .filter(({ secret }) => timingSafeEqual(createHmac("sha256", secret).update(raw).digest(), given))
    .map(({ id }) => id);
}

/** Compares without telling by its duration how much is right; lengths may differ. */
function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

export type SubscriptionAnswer = { status: 200 | 400 | 403; body: string; headers: Record<string, string> };

const HEADERS = {
  "Content-Type": "text/plain; charset=utf-8",
  "X-Content-Type-Options": "nosniff",
  "Cache-Control": "no-store",
};
const PARAMETERS = ["hub.mode", "hub.verify_token", "hub.challenge"];

/**
 * Answers Meta's GET that verifies a callback: 200 with the bare challenge, 403 for a wrong token, mode or challenge, or
 * a parameter given as an array, 400 when one is missing. The challenge is echoed only when it is plain letters and digits.
 * @param expected the verify token; undefined or empty refuses everybody
 */
export function verifySubscription(query: URLSearchParams, expected: string | undefined): SubscriptionAnswer {
  const answer = (status: SubscriptionAnswer["status"], body = ""): SubscriptionAnswer => ({
    status,
    body,
    headers: HEADERS,
  });
  const asArray = [...query.keys()].some((name) => PARAMETERS.some((wanted) => name.startsWith(`${wanted}[`)));
  const given = PARAMETERS.map((name) => query.getAll(name));
  if (asArray || given.some((values) => values.length > 1)) return answer(403);
  const [mode, token, challenge] = given.map((values) => values[0]);
  if (!mode || !token || !challenge) return answer(400);
  if (!expected || mode !== "subscribe" || !sameSecret(token, expected)) return answer(403);
  return /^[A-Za-z0-9_-]{1,200}$/.test(challenge) ? answer(200, challenge) : answer(403);
}
