import { useEffect, useRef } from "react";
import { afterFirstLoad } from "./after-first-load";
import type { KeptThread } from "./kept-thread";

/** So long after something was heard the conversation is written down. */
const REST_MS = 500;

async function writeDown(owner: string, thread: KeptThread) {
  await afterFirstLoad();
  const { keepThread } = await import("./kept-thread");
  await keepThread(owner, thread);
}

/**
 * Keeps an open conversation as it is on screen, with what came since its page was loaded, for a reload without a network.
 * @param loaded as the page brought it, which is kept with the page
 */
export function useKeptThread(owner: string | undefined, thread: KeptThread, loaded: KeptThread): void {
  const waits = useRef<(() => void) | null>(null);
  useEffect(() => {
    if (owner === undefined || thread === loaded) return;
    const write = () => {
      waits.current = null;
      void writeDown(owner, thread);
    };
    waits.current = write;
    const timer = setTimeout(write, REST_MS);
    return () => clearTimeout(timer);
  }, [owner, thread, loaded]);
  useEffect(() => {
    const hurry = () => waits.current?.();
    window.addEventListener("pagehide", hurry);
    return () => {
      window.removeEventListener("pagehide", hurry);
      hurry();
    };
  }, []);
}
