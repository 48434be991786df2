import { sizeOf } from "~/platform/kept/kept-rules";
import { keep, recall } from "~/platform/kept/kept-store";

/** What is needed of an open conversation to tell which of two copies is the newer. */
export type KeptThread = { conversation_id: string; rev: number };

/** So long after something was heard the conversation is written down. */
const REST_MS = 500;

/** What has still to be written, one at a time: another conversation's turn hurries it. */
let waiting: { owner: string; thread: KeptThread; timer: ReturnType<typeof setTimeout> } | null = null;

function writeDown(): void {
  if (!waiting) return;
  const { owner, thread, timer } = waiting;
  clearTimeout(timer);
  waiting = null;
  const { conversation_id: name } = thread;
  void keep({ owner, kind: "thread", name, at: Date.now(), size: sizeOf(thread) }, thread);
}

if (typeof window !== "undefined") window.addEventListener("pagehide", writeDown);

/** Writes an open conversation down as it is on screen, once nothing more comes. */
export function keepThreadSoon(owner: string, thread: KeptThread): void {
  if (waiting?.owner === owner && waiting.thread.conversation_id === thread.conversation_id)
    clearTimeout(waiting.timer);
  else writeDown();
  waiting = { owner, thread, timer: setTimeout(writeDown, REST_MS) };
}

/** The copy of an open conversation that is newer than this one of its page, if there is one. */
export async function newerThread<Thread extends KeptThread>(owner: string, loaded: Thread): Promise<Thread | null> {
  const kept = await recall<Thread>({ owner, kind: "thread", name: loaded.conversation_id });
  return kept && kept.data.rev > loaded.rev ? kept.data : null;
}
