import { replace } from "@remix-run/react";
import { saysUnreached } from "./unreached";

const hrefOf = ({ pathname, search }: { pathname: string; search: string }) => pathname + search;

/** So many addresses of a route are remembered. */
const REMEMBERED = 50;

const all = new Set<Map<string, unknown>>();

/** Who signs out leaves nothing here. */
export function forgetKeptPages(): void {
  for (const remembered of all) remembered.clear();
}

/**
 * Lets a page be read while the server is not reached: what was shown of an address is shown again, and whoever asked
 * for one that was never seen is led back to the one that is there. Made once for a route.
 */
export function createKeptPage<Data>() {
  const remembered = new Map<string, Data>();
  all.add(remembered);
  let shown: string | undefined;
  return {
    /** What the page shows now; to be called in an effect, which ends with what is returned. */
    keep(location: { pathname: string; search: string }, data: Data): () => void {
      const href = hrefOf(location);
      shown = href;
      // Put in anew, so that the oldest stand first.
      remembered.delete(href);
      remembered.set(href, data);
      for (const oldest of remembered.keys()) {
        if (remembered.size <= REMEMBERED) break;
        remembered.delete(oldest);
      }
      return () => {
        shown = undefined;
      };
    },
    /** For the route's `clientLoader`. */
    async load(request: Request, load: () => Promise<Data>): Promise<Data> {
      try {
        return await load();
      } catch (error) {
        if (!saysUnreached(error)) throw error;
        const known = remembered.get(hrefOf(new URL(request.url)));
        if (known !== undefined) return known;
        if (shown === undefined) throw error;
        throw replace(shown);
      }
    },
  };
}
