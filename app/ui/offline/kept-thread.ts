import { sizeOf } from "~/platform/kept/kept-rules";
import { keep, recall } from "~/platform/kept/kept-store";

/** What is needed of an open conversation to tell which of two copies is the newer. */
export type KeptThread = { conversation_id: string; rev: number };

/** Writes an open conversation down as it is on screen. */
export const keepThread = (owner: string, thread: KeptThread): Promise<void> =>
  keep({ owner, kind: "thread", name: thread.conversation_id, at: Date.now(), size: sizeOf(thread) }, thread);

/** The copy of an open conversation that is newer than this one of its page, if there is one. */
export async function newerThread<Thread extends KeptThread>(owner: string, loaded: Thread): Promise<Thread | null> {
  const kept = await recall<Thread>({ owner, kind: "thread", name: loaded.conversation_id });
  return kept && kept.data.rev > loaded.rev ? kept.data : null;
}
