const ANY_ORIGIN = "http://own.invalid";

/** A path of this site to go back to; "/" for anything that a browser might read as another site's address. */
export function ownPath(wish: unknown): string {
  if (typeof wish !== "string" || !wish.startsWith("/") || /[\\\p{C}]/u.test(wish)) return "/";
  if (!URL.canParse(wish, ANY_ORIGIN)) return "/";
  const url = new URL(wish, ANY_ORIGIN);
  // "/.//evil.example" is of this origin as it stands, and another's once it is written out.
  return url.origin === ANY_ORIGIN && !url.pathname.startsWith("//") ? url.pathname + url.search + url.hash : "/";
}
