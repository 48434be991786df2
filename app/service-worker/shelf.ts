import { SHELL_PATH } from "~/ui/offline/asked-address";
import type { Standing } from "~/ui/offline/start-worker";
import { isOf, piecesIn, piecesOf, type RouteEntry, SCREEN_PATHS, versionIn } from "./pieces";
import { reach } from "./reach";

/** Set by the build: its name, and the names of all pieces of its code, and of those of the public chat. */
declare const BUILD: string;
declare const PIECES: readonly string[];
declare const CHAT_PIECES: readonly string[];

const SHELF = `build ${BUILD}`;
const ROUTES = "/__manifest";
/** More pieces than a build has; beyond it the oldest go. */
const MOST = 400;

const open = () => caches.open(SHELF);

async function ask(path: string): Promise<Response> {
  const answer = await reach(path, { cache: "no-cache" });
  if (answer.status !== 200 || answer.redirected) throw new Error(`${path} answered ${answer.status}`);
  return answer;
}

/** Fetches what is not there yet. One that fails is left out: a later page brings it. */
async function addPieces(paths: readonly string[]): Promise<void> {
  const shelf = await open();
  await Promise.all(
    paths.map(async (path) => {
      if (await shelf.match(path)) return;
      const answer = await reach(path).catch(() => null);
      if (answer?.ok) await shelf.put(path, answer).catch(() => {});
    }),
  );
  const all = await shelf.keys();
  const extra = all.filter(({ url }) => url.includes("/assets/")).slice(0, Math.max(0, all.length - MOST));
  await Promise.all(extra.map((request) => shelf.delete(request)));
}

/** Puts the offline page there, with what it needs to come alive and to find the screens: all of one build. */
export async function stock(): Promise<void> {
  const page = await ask(SHELL_PATH);
  const html = await page.clone().text();
  const query = new URLSearchParams([...SCREEN_PATHS.map((path) => ["p", path]), ["version", versionIn(html) ?? ""]]);
  const routes = await ask(`${ROUTES}?${query}`);
  const shelf = await open();
  await addPieces(piecesIn(html));
  await shelf.put(ROUTES, routes);
  await shelf.put(SHELL_PATH, page);
}

/** Takes in what a page that stands is made of, and what the screens around it would be. */
export async function stockFor(standing: Standing): Promise<void> {
  const kept = await (await offlinePage())?.text();
  if (kept === undefined || !isOf(kept, standing)) await stock().catch(() => {});
  const routes = (await (await offlineRoutes())?.json()) as Record<string, RouteEntry> | undefined;
  // Much comes in pieces that no page names beforehand: it is needed once there is no network.
  const more = standing.pathname.startsWith("/c/") ? CHAT_PIECES : PIECES;
  await addPieces([...standing.assets, ...piecesOf(routes ?? {}, standing.pathname), ...more]);
}

/** Earlier builds are of no use once this one is let in. */
export async function clearEarlier(): Promise<void> {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name !== SHELF).map((name) => caches.delete(name)));
}

export const offlinePage = async (): Promise<Response | undefined> => (await open()).match(SHELL_PATH);
const offlineRoutes = async (): Promise<Response | undefined> => (await open()).match(ROUTES);

/** A piece of a build: never asked for twice, since another content has another name. */
export async function answerPiece(request: Request): Promise<Response> {
  const shelf = await open();
  const known = await shelf.match(request.url);
  if (known) return known;
  const answer = await reach(request);
  if (answer.status === 200) await shelf.put(request.url, answer.clone());
  return answer;
}

/** What Remix asks about its routes; without a network, those of all screens that can be read. */
export async function answerRoutes(request: Request): Promise<Response> {
  try {
    return await reach(request);
  } catch (error) {
    const known = await offlineRoutes();
    if (known) return known;
    throw error;
  }
}
