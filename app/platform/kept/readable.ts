import type { KeptEntry } from "./kept-rules";

const ID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
const READABLE = new RegExp(`^/(?:(?:inbox|chats)(?:/${ID})?|c/[^/]+)$`, "i");

const trimmed = (pathname: string) => (pathname === "/" ? pathname : pathname.replace(/\/+$/, ""));

/** Whether this address can be shown without a network: a screen that keeps its data, of which there is a copy. */
export function isReadable(pathname: string, kept: readonly Pick<KeptEntry, "href">[]): boolean {
  const path = trimmed(pathname);
  return (
    READABLE.test(path) && kept.some(({ href }) => href !== undefined && trimmed(href.split("?")[0] ?? "") === path)
  );
}
