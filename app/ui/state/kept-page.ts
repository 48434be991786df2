import { replace } from "@remix-run/react";
import { saysUnreached } from "./unreached";

type Kept<Data> = { href: string; data: Data };

const hrefOf = ({ pathname, search }: { pathname: string; search: string }) => pathname + search;

/**
 * Lets a page stay as it is while the server is not reached: what it shows is loaded anew from what it has, and whoever
 * asked for another view of it is led back to the one that is there. Made once for a route.
 */
export function createKeptPage<Data>() {
  let kept: Kept<Data> | undefined;
  return {
    /** What the page shows now; to be called in an effect, which ends with what is returned. */
    keep(location: { pathname: string; search: string }, data: Data): () => void {
      kept = { href: hrefOf(location), data };
      return () => {
        kept = undefined;
      };
    },
    /** For the route's `clientLoader`. */
    async load(request: Request, load: () => Promise<Data>): Promise<Data> {
      try {
        return await load();
      } catch (error) {
        if (!kept || !saysUnreached(error)) throw error;
        if (hrefOf(new URL(request.url)) === kept.href) return kept.data;
        throw replace(kept.href);
      }
    },
  };
}
