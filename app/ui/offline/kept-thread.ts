import { useEffect, useRef } from "react";
import { sizeOf } from "~/platform/kept/kept-rules";
import { keep, recall } from "~/platform/kept/kept-store";

/** What is needed of an open conversation to tell which of two copies is the newer. */
export type KeptThread = { conversation_id: string; rev: number };

/** So long after something was heard the conversation is written down. */
const REST_MS = 500;

const writeDown = (owner: string, thread: KeptThread) =>
  keep({ owner, kind: "thread", name: thread.conversation_id, at: Date.now(), size: sizeOf(thread) }, thread);

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

/** The copy of an open conversation that is newer than this one of its page, if there is one. */
export async function newerThread<Thread extends KeptThread>(owner: string, loaded: Thread): Promise<Thread | null> {
  const kept = await recall<Thread>({ owner, kind: "thread", name: loaded.conversation_id });
  return kept && kept.data.rev > loaded.rev ? kept.data : null;
}
