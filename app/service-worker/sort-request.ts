/**
 * What the worker does with a request. `page`: asks the network, and has the offline page at hand. `asset`: a piece of a
 * build, whose name changes with its content. `routes`: what Remix asks of its routes. `picture`: a small one of a message.
 * `share`: what another app gives. `other`: is left to the browser, as if there were no worker.
 */
export type RequestSort = "page" | "asset" | "routes" | "picture" | "share" | "other";

type Request = {
  url: URL;
  /** The worker's own. */
  origin: string;
  method: string;
  navigates: boolean;
  /** Asks for a part only. */
  ranged: boolean;
};

/**
 * The first parts of the addresses of screens. What is not here never goes through the worker: signing in, passwords and
 * links with a secret, the API, webhooks, uploads, files.
 */
const SCREENS = new Set([
  ...["", "inbox", "chats", "c", "settings", "admin", "organisations"],
  ...["contacts", "notices", "replies", "reports", "share"],
]);

export function sortRequest({ url, origin, method, navigates, ranged }: Request): RequestSort {
  if (url.origin === origin && url.pathname === "/share" && method === "POST" && navigates) return "share";
  if (url.origin !== origin || method !== "GET" || ranged) return "other";
  const { pathname, searchParams } = url;
  if (navigates) return SCREENS.has(pathname.split("/")[1] ?? "") ? "page" : "other";
  if (pathname.startsWith("/assets/")) return "asset";
  if (pathname === "/__manifest") return "routes";
  if (/^\/media\/[^/]+$/.test(pathname) && searchParams.get("size") === "thumb") return "picture";
  return "other";
}

/** Answers of a proxy, or of a server that stops: the product itself was not reached. */
export const saysAway = (status: number): boolean => status === 502 || status === 503 || status === 504;
