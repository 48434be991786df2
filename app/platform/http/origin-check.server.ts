/** What decides whether a request was made by one of our own pages. */
type Provenance = {
  method: string;
  pathname: string;
  /** The Origin header. */
  origin: string | undefined;
  /** The Sec-Fetch-Site header. */
  site: string | undefined;
  hasCookie: boolean;
};

const SAFE = new Set(["GET", "HEAD", "OPTIONS"]);
/** Where the browser itself, by its user's word, hands over what another app shares: without an account. */
const SHARE = "/share";
// Doors that sign each call themselves (a bearer token, Meta's signature): servers call them, without an Origin.
const SIGNED = ["/api/v1/", "/webhooks/", "/uploads"];

/**
 * Guards against cross-site requests. `pass`; `refuse` (403); `drop-cookie`: on a door that signs each call itself the
 * call goes on, but a foreign page must not borrow the account of the browser.
 * @param own origin of PUBLIC_URL, or the host alone where the setting is unset and any scheme may stand before it
 */
export function checkOrigin(
  from: Provenance,
  own: { origin: string } | { host: string },
): "pass" | "refuse" | "drop-cookie" {
  if (SAFE.has(from.method) || isOwn(from, own)) return "pass";
  if (SIGNED.some((prefix) => from.pathname.startsWith(prefix))) return from.hasCookie ? "drop-cookie" : "pass";
  // No page can say that it is nobody's request.
  return from.pathname === SHARE && from.site === "none" ? "drop-cookie" : "refuse";
}

function isOwn({ origin, site, hasCookie }: Provenance, own: { origin: string } | { host: string }) {
  // Without a cookie and without a word on where it comes from, it is no browser, and there is nothing to borrow.
  if (origin === undefined) return site === undefined ? !hasCookie : site === "same-origin";
  if (!URL.canParse(origin)) return false;
  const url = new URL(origin);
  return url.origin === ("origin" in own ? own.origin : new URL(`${url.protocol}//${own.host}`).origin);
}
