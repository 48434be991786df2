const HERE = "http://here.invalid";
const CONTROL_OR_BACKSLASH = /[\p{Cc}\\]/u;

/**
 * A path of this site to go on to after signing in, from what a request asked for; anything that could leave the site
 * becomes `fallback`. Browsers read `\` as `/`, skip tabs and line breaks, and resolve dots, so that the answer is what
 * is left after all of that.
 */
export function safeNext(wanted: unknown, fallback = "/"): string {
  if (typeof wanted !== "string" || wanted.length > 2_000) return fallback;
  if (!wanted.startsWith("/") || CONTROL_OR_BACKSLASH.test(wanted) || !URL.canParse(wanted, HERE)) return fallback;
  const url = new URL(wanted, HERE);
  const path = `${url.pathname}${url.search}${url.hash}`;
  return url.origin === HERE && !path.startsWith("//") ? path : fallback;
}
