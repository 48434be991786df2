import { createHmac } from "node:crypto";
import { toLanguage } from "~/i18n/languages";
import { sameSecret } from "../identity/secret.server";
import { cookieSecret, servesHttps } from "../settings.server";

/** How long a session lives at most; then the person signs in again. */
export const SESSION_SECONDS = 60 * 24 * 60 * 60;

const YEAR_SECONDS = 31_536_000;

/** `__Host-` makes browsers refuse the cookie from another host, a sub-path, or an unencrypted answer. */
export const sessionCookieName = () => (servesHttps() ? "__Host-guazu.session" : "guazu.session");

const sign = (token: string) => createHmac("sha256", cookieSecret()).update(token).digest("base64");

function setCookie(name: string, value: string, maxAgeSeconds: number): string {
  const secure = servesHttps() ? "; Secure" : "";
  return `${name}=${value}; Max-Age=${maxAgeSeconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

/** The `Set-Cookie` that hands a session to the browser. Token and signature, as better-auth writes and reads them. */
export const sessionCookie = (token: string): string =>
  setCookie(sessionCookieName(), encodeURIComponent(`${token}.${sign(token)}`), SESSION_SECONDS);

/** The `Set-Cookie` that takes it away. */
export const endedSessionCookie = (): string => setCookie(sessionCookieName(), "", 0);

/** The `Set-Cookie` that remembers which of their organisations a person works in; a choice, not a right. */
export const organisationCookie = (orgId: string): string => setCookie("org", orgId, SESSION_SECONDS);

/** What marks a language as the account's own (BCP 47 keeps `x` for private use), and not as this browser's choice. */
const OF_ACCOUNT = "-x-account";

/** The `Set-Cookie` of the language that an account reads in; null takes it away. */
export const languageCookie = (locale: string | null): string =>
  setCookie("lang", locale ? `${locale}${OF_ACCOUNT}` : "", locale ? YEAR_SECONDS : 0);

/** Whether somebody chose this browser's language where nobody was signed in; that stands over the account's. */
export function choseLanguage(header: string | null): boolean {
  const kept = cookieOf(header, "lang");
  return toLanguage(kept) !== undefined && !kept?.endsWith(OF_ACCOUNT);
}

export function cookieOf(header: string | null, name: string): string | undefined {
  for (const pair of (header ?? "").split(";")) {
    const equals = pair.indexOf("=");
    if (equals > 0 && pair.slice(0, equals).trim() === name) return pair.slice(equals + 1).trim();
  }
  return undefined;
}

/** The session token of a `Cookie` header, or null when there is none or its signature is not ours. */
export function sessionTokenOf(header: string | null): string | null {
  const raw = cookieOf(header, sessionCookieName());
  if (!raw || raw.length > 300) return null;
  let value: string;
  try {
    value = decodeURIComponent(raw);
  } catch {
    return null;
  }
  const dot = value.lastIndexOf(".");
  const token = value.slice(0, dot);
  return dot > 0 && sameSecret(value.slice(dot + 1), sign(token)) ? token : null;
}
