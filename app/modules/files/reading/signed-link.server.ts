import { createHmac, timingSafeEqual } from "node:crypto";
import { env } from "~/platform/env.server";
import { purposeKey } from "~/platform/secrets/seal.server";

const signature = (id: string, until: string) =>
  createHmac("sha256", purposeKey("file-link")).update(`${id}:${until}`).digest("base64url");

/** A file's address for a provider that shows no session, good until a moment: whoever has it reads this one file. */
export function signedLink(id: string, until: Date): string {
  const end = String(Math.floor(until.getTime() / 1000));
  return `${env().publicUrl}/media/${id}?until=${end}&signature=${signature(id, end)}`;
}

/** Whether a request shows a signature, whatever it is worth. */
export const isSigned = (request: Request): boolean => new URL(request.url).searchParams.has("signature");

/** Whether a request for a file carries such an address that is still good. */
export function isSignedFor(request: Request, id: string): boolean {
  const asked = new URL(request.url).searchParams;
  const [until, given] = [asked.get("until") ?? "", Buffer.from(asked.get("signature") ?? "")];
  if (!/^\d{1,12}$/.test(until) || Number(until) * 1000 < Date.now()) return false;
  const right = Buffer.from(signature(id.toLowerCase(), until));
  return given.length === right.length && timingSafeEqual(given, right);
}
