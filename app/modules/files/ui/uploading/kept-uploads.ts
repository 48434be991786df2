import { place } from "./kept-place";
import type { UploadItem } from "./upload-items";

/** As long as the server keeps what was not sent. */
const LIFE_MS = 24 * 3600 * 1000;

type Kept = { at: number; items: UploadItem[] };

/**
 * The uploads of a conversation that a page which is gone left behind: what was whole can be sent still, and the rest goes
 * on once its file is picked again.
 */
export function readKept(conversationId: string): UploadItem[] {
  try {
    const kept = JSON.parse(localStorage.getItem(place(conversationId)) ?? "null") as Kept | null;
    if (!kept || Date.now() - kept.at > LIFE_MS) return [];
    return kept.items.map((item) => (item.state === "ready" ? item : { ...item, state: "lost", code: null }));
  } catch {
    return [];
  }
}

/** Remembers those that the server knows. A browser that keeps nothing (private, full) loses them with the page. */
export function keep(conversationId: string, items: readonly UploadItem[]): void {
  const known = items.filter((item) => item.url && !item.voice).map((item) => ({ ...item, preview: null }));
  try {
    if (known.length === 0) localStorage.removeItem(place(conversationId));
    else localStorage.setItem(place(conversationId), JSON.stringify({ at: Date.now(), items: known }));
  } catch {}
}
