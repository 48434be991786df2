import { useCallback, useState } from "react";
import { useHydrated } from "remix-utils/use-hydrated";

type Mode = "reply" | "note";

/** What is being written in a conversation, kept in the tab over page changes. `key` changes when the field must begin anew. */
export function useDraft(conversationId: string, mode: Mode) {
  const hydrated = useHydrated();
  const place = `draft ${mode} ${conversationId}`;
  const [turn, setTurn] = useState(0);
  const text = hydrated ? read(place) : "";
  const keep = useCallback((next: string) => write(place, next), [place]);
  /** Puts a text into the field. */
  const put = useCallback(
    (next: string) => {
      write(place, next);
      setTurn((n) => n + 1);
    },
    [place],
  );
  return { text, keep, put, key: `${place} ${hydrated} ${turn}` };
}

function read(place: string): string {
  try {
    return sessionStorage.getItem(place) ?? "";
  } catch {
    return "";
  }
}

/** A browser that keeps nothing (private, full) loses the draft with the page, and nothing else. */
function write(place: string, text: string): void {
  try {
    if (text) sessionStorage.setItem(place, text);
    else sessionStorage.removeItem(place);
  } catch {}
}
