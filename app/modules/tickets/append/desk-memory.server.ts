import type { Desk } from "./load-desks.server";

/** A name that somebody changed may be told as it was for so long; everything else is asked of the database again. */
const KEPT_MS = 30_000;
const MOST = 4_096;

/** In the order in which they were last used. */
const kept = new Map<string, Desk>();
/** What the database's clock said, and when by a clock that nobody sets. */
let clock: { now: number; at: number } | undefined;

/**
 * What stood at conversations when this process last wrote to them, so that the next message need not ask. Whoever takes
 * a desk must have it checked by the statement that stores, and gives it back only once that has stored.
 */
export function takeDesks(conversationIds: readonly string[]): Map<string, Desk> {
  const desks = new Map<string, Desk>();
  const oldest = performance.now() - KEPT_MS;
  for (const id of conversationIds) {
    const desk = kept.get(id);
    kept.delete(id);
    if (desk && desk.loadedAt > oldest) desks.set(id, desk);
  }
  return desks;
}

/** Keeps a desk as it stands after its messages were stored. */
export function keepDesk(desk: Desk): void {
  // Which keys were used, the statement that stores asks anew.
  desk.used = [];
  kept.set(desk.conversation.id, desk);
  if (kept.size > MOST) for (const oldest of kept.keys()) return void kept.delete(oldest);
}

/**
 * Forgets the desk of a conversation of which another process has told more than this one knows: it would only be found
 * out in vain. What is not heard of, the statement that stores finds out.
 * @param topic of staff, with the conversation's number, or the customer's, with the public one
 */
export function forgetOlderDesk(topic: string, rev: unknown): void {
  const [, id = "", side] = /^c:(.+):([sp])$/.exec(topic) ?? [];
  const conversation = kept.get(id)?.conversation;
  if (!conversation || typeof rev !== "number") return;
  if ((side === "s" ? conversation.rev : conversation.publicRev) < rev) kept.delete(id);
}

/** Notes what the database's clock says now. */
export function noteClock(now: Date): void {
  clock = { now: now.getTime(), at: performance.now() };
}

/** What the database's clock must say by now, but never less than what these conversations have seen. */
export function clockFor(desks: Iterable<Desk>): Date {
  const { now, at } = clock ?? { now: 0, at: 0 };
  const latest = [...desks].map(({ conversation }) => conversation.lastMessageAt?.getTime() ?? 0);
  return new Date(Math.max(Math.trunc(now + performance.now() - at), ...latest));
}
