import type { Standing } from "~/ui/offline/start-worker";

/** What Remix tells of a route: where its code is. */
export type RouteEntry = { id: string; module: string; imports?: string[]; css?: string[] };

/** One address of each screen that can be read without a network. */
export const SCREEN_PATHS = ["/c/x", "/chats", "/chats/x", "/inbox", "/inbox/x"];

/** The addresses of a build's pieces that a text (a page, a style sheet) names. */
export const piecesIn = (text: string): string[] => [...new Set(text.match(/\/assets\/[\w.~-]+\w/g) ?? [])];

/** The build that a page is made of, by the name of its list of routes; null for none. */
export const versionIn = (html: string): string | null => /\/assets\/manifest-([\w-]+)\.js/.exec(html)?.[1] ?? null;

/** How a page's texts and colours were chosen, as a page that stands tells it. */
export function lookIn(html: string): string {
  const [tag = ""] = /<html[^>]*>/.exec(html) ?? [];
  const of = (name: string) => new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? "";
  return `${of("lang")} ${of("data-theme")}`.trim();
}

const isPublic = (pathname: string) => pathname.startsWith("/c/");

/** The pieces of the screens that whoever stands at an address may open: a customer's browser need not get the desk. */
export function piecesOf(routes: Readonly<Record<string, RouteEntry>>, pathname: string): string[] {
  const ours = Object.values(routes).filter(
    ({ id }) => id === "root" || id.startsWith("routes/c.") === isPublic(pathname),
  );
  return [...new Set(ours.flatMap(({ module, imports = [], css = [] }) => [module, ...imports, ...css]))];
}

/** Whether the worker keeps the very pages that this one is of. */
export const isOf = (html: string, { version, look }: Standing): boolean =>
  versionIn(html) === version && lookIn(html) === look;

/** A page's word, as far as it is one: pages of earlier builds speak otherwise. */
export function standingOf(data: unknown): Standing | null {
  const told = data as Partial<Standing> | null;
  if (told?.kind !== "standing" || typeof told.pathname !== "string" || !Array.isArray(told.assets)) return null;
  const assets = told.assets.filter((one) => typeof one === "string" && piecesIn(one)[0] === one);
  return { kind: "standing", pathname: told.pathname, version: `${told.version}`, look: `${told.look}`, assets };
}
