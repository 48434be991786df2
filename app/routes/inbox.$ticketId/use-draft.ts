import { useCallback, useEffect, useState } from "react";

type Mode = "reply" | "note";

/** What is being written in a conversation, kept in the tab over page changes. `key` changes when the field must begin anew. */
export function useDraft(conversationId: string, mode: Mode) {
  const place = `draft ${mode} ${conversationId}`;
  const [turn, setTurn] = useState(0);
  const [awake, setAwake] = useState(false);
  // The field begins anew only for a draft: what was written before scripts ran stays in it.
  useEffect(() => {
    if (read(place)) setTurn((n) => n + 1);
    setAwake(true);
  }, [place]);
  const keep = useCallback((next: string) => write(place, next), [place]);
  /** Puts a text into the field. */
  const put = useCallback(
    (next: string) => {
      write(place, next);
      setTurn((n) => n + 1);
    },
    [place],
  );
  return { text: awake ? read(place) : "", keep, put, key: `${place} ${turn}` };
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
