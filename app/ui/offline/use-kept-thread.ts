import { useEffect } from "react";
import { afterFirstLoad } from "./after-first-load";
import type { KeptThread } from "./kept-thread";

async function keepSoon(owner: string, thread: KeptThread) {
  await afterFirstLoad();
  (await import("./kept-thread")).keepThreadSoon(owner, thread);
}

/**
 * Keeps an open conversation as it is on screen, with what came since its page was loaded, for a reload without a network.
 * @param loaded as the page brought it, which is kept with the page
 */
export function useKeptThread(owner: string | undefined, thread: KeptThread, loaded: KeptThread): void {
  useEffect(() => {
    if (owner !== undefined && thread !== loaded) void keepSoon(owner, thread);
  }, [owner, thread, loaded]);
}
