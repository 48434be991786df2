import { replace } from "@remix-run/react";
import { GUEST } from "~/platform/kept/guest";
import { sizeOf } from "~/platform/kept/kept-rules";
import { keep as keepInBrowser, recall, settle, whoIsHere } from "~/platform/kept/kept-store";
import { forgetTried } from "../offline/asked-address";
import { type KeptThread, newerThread } from "../offline/kept-thread";
import { ageOf, markCopy, showAge } from "../offline/staleness";
import { saysUnreached } from "./unreached";

type Place = { pathname: string; search: string };
type Remembered<Data> = { data: Data; at: number };

type KeptPageOptions<Data, Thread extends KeptThread> = {
  /** Of the route, in the browser's database. */
  name: string;
  /** The account whose data they are, or `GUEST`. */
  owner: (data: Data) => string;
  /** Of one signed in, unless said otherwise. */
  guest?: boolean;
  /** Which addresses have the same data: those with the same answer. */
  place?: (at: Place) => string;
  /** What the page is called where people are told what they can read. */
  title?: (data: Data) => string;
  /** The open conversation in it, of which a newer copy may be there than the page's own. */
  thread?: { of: (data: Data) => Thread | null; put: (data: Data, thread: Thread) => Data };
};

const hrefOf = ({ pathname, search }: Place) => pathname + search;

/** So many addresses of a route are remembered within the page itself. */
const REMEMBERED = 50;
/** With a copy at hand nobody waits longer for a network that crawls: what it brings takes the copy's place. */
const PATIENCE_MS = 4_000;

const all = new Set<Map<string, unknown>>();

/** Nobody is signed in any more: of those who were, nothing stays here. */
export async function forgetKeptPages(): Promise<void> {
  for (const remembered of all) remembered.clear();
  await settle(null);
}

/** Whether this document is the offline page, and has still to show its first address. */
let fromShell = false;
export function startFromCopies(): void {
  fromShell = true;
}

/**
 * Lets a page be read while the server is not reached, also after a reload: what was shown of an address is shown again,
 * and whoever asked for one that was never seen is led back to the one that is there. Made once for a route.
 */
export function createKeptPage<Data extends object, Thread extends KeptThread = KeptThread>(
  options: KeptPageOptions<Data, Thread>,
) {
  const { name, owner, guest = false, place = hrefOf, title, thread } = options;
  const remembered = new Map<string, Remembered<Data>>();
  all.add(remembered);
  let shown: { href: string; place: string } | undefined;
  let written: { data: Data; href: string } | undefined;

  const withNewest = async (found: Remembered<Data>, whose: string): Promise<Data> => {
    const loaded = thread?.of(found.data);
    const newer = loaded ? await newerThread(whose, loaded) : null;
    return markCopy(newer && thread ? thread.put(found.data, newer) : { ...found.data }, found.at);
  };
  /** The copy of an address; null for none. */
  const find = async (at: string): Promise<Data | null> => {
    const known = remembered.get(at);
    if (known) return withNewest(known, owner(known.data));
    const whose = guest ? GUEST : await whoIsHere();
    if (!whose) return null;
    const kept = await recall<Data>({ owner: whose, kind: "page", name: `${name} ${at}` });
    return kept && withNewest(kept, whose);
  };
  const write = (location: Place, data: Data, at: number) => {
    const href = hrefOf(location);
    if (written?.data === data && written.href === href) return;
    written = { data, href };
    const called = title && { title: title(data), href };
    const entry = { owner: owner(data), kind: "page", name: `${name} ${place(location)}`, at, ...called } as const;
    void keepInBrowser({ ...entry, size: sizeOf(data) }, data);
  };

  return {
    /** What the page shows now; to be called in an effect, which ends with what is returned. */
    keep(location: Place, data: Data): () => void {
      const at = place(location);
      const age = ageOf(data);
      const entry = { data, at: age ?? Date.now() };
      shown = { href: hrefOf(location), place: at };
      // Put in anew, so that the oldest stand first.
      remembered.delete(at);
      remembered.set(at, entry);
      for (const oldest of remembered.keys()) {
        if (remembered.size <= REMEMBERED) break;
        remembered.delete(oldest);
      }
      if (age === undefined) write(location, data, entry.at);
      showAge(name, age ?? null);
      forgetTried();
      return () => {
        shown = undefined;
        // Until now it was kept up to date.
        if (age === undefined) entry.at = Date.now();
        showAge(name, null);
      };
    },
    /** For the route's `clientLoader`. */
    async load(request: Request, load: () => Promise<Data>): Promise<Data> {
      const url = new URL(request.url);
      const at = place(url);
      const stays = shown?.place === at;
      if (fromShell && !stays) {
        const copy = await find(at);
        if (copy) return copy;
      }
      try {
        return await (stays ? load() : loadInTime(load, () => find(at)));
      } catch (error) {
        if (!saysUnreached(error)) throw error;
        const copy = stays ? remembered.get(at)?.data : await find(at);
        if (copy) return copy;
        if (shown === undefined) throw error;
        throw replace(shown.href);
      }
    },
  };
}

/** What the server says or, where it takes long and there is one, the copy. */
async function loadInTime<Data>(load: () => Promise<Data>, find: () => Promise<Data | null>): Promise<Data> {
  const loading = load();
  loading.catch(() => {});
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Data>((done) => {
    timer = setTimeout(async () => done((await find()) ?? loading), PATIENCE_MS);
  });
  return Promise.race([loading, late]).finally(() => clearTimeout(timer));
}
