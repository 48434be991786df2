/** What is kept in this browser of something begun: its words, and when they were last touched (ms). */
export type LocalDraft = { text: string; at: number };

const PREFIX = "draft ";

/** Drafts are kept apart by who writes: a browser may have several people, one after the other. */
export const draftPlace = (accountId: string, conversationId: string, slot: "reply" | "note" = "reply") =>
  `${PREFIX}${accountId} ${slot} ${conversationId}`;

export function readLocalDraft(place: string): LocalDraft {
  try {
    const kept = JSON.parse(localStorage.getItem(place) ?? "null") as Partial<LocalDraft> | null;
    if (typeof kept?.text === "string" && typeof kept.at === "number") return { text: kept.text, at: kept.at };
  } catch {}
  return { text: "", at: 0 };
}

/** A browser that keeps nothing (private, full) loses the draft with the page, and nothing else. */
export function writeLocalDraft(place: string, draft: LocalDraft): void {
  try {
    // An empty one keeps its time: an older one of the server's must not come back.
    localStorage.setItem(place, JSON.stringify(draft));
  } catch {}
}

/** Who signs out leaves no words behind. */
export function forgetLocalDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {}
}

/** The words that count when a conversation is opened: those touched last, here or on another device. */
export function newerDraft(local: LocalDraft, server: { text: string; updated_at: string | null } | null): LocalDraft {
  const at = server?.updated_at ? Date.parse(server.updated_at) : 0;
  return server && at > local.at ? { text: server.text, at } : local;
}
