import { useCallback, useEffect, useRef, useState } from "react";
import { useHubEvents } from "../hub-provider";
import { fetchDraft, postDraft } from "./draft-calls";
import { draftPlace, newerDraft, readLocalDraft, writeLocalDraft } from "./local-draft";

type DraftOptions = {
  accountId: string;
  conversationId: string;
  /** As the page loaded it; null for what stays in this browser, such as a note for colleagues. */
  loaded: { text: string; updated_at: string | null } | null;
  slot?: "reply" | "note";
};

/** After the last key, what was written goes to the server. */
const REST_MS = 1_000;

/**
 * What is being written in a conversation: kept in this browser at once, and on the server when the writer rests or the
 * page is left, for their other devices. The words touched last win. `key` changes when the field must begin anew.
 */
export function useServerDraft({ accountId, conversationId, loaded, slot = "reply" }: DraftOptions) {
  const place = draftPlace(accountId, conversationId, slot);
  const shared = loaded !== null;
  const [turn, setTurn] = useState(0);
  const [awake, setAwake] = useState(false);
  /** What stands in the field, as far as this hook put or heard it. */
  const shown = useRef("");
  const adopt = useCallback(() => {
    const { text } = readLocalDraft(place);
    if (text === shown.current) return;
    shown.current = text;
    setTurn((n) => n + 1);
  }, [place]);
  const { later, flush } = useSaving(place, conversationId, shared);

  const first = useRef(loaded);
  first.current = loaded;
  // The field begins anew only for a draft: what was written before scripts ran stays in it.
  useEffect(() => {
    shown.current = "";
    const local = readLocalDraft(place);
    const newer = newerDraft(local, first.current);
    if (newer !== local) writeLocalDraft(place, newer);
    else if (shared && local.text !== first.current?.text && local.at > 0) later(0);
    adopt();
    setAwake(true);
  }, [place, shared, adopt, later]);

  useEffect(() => {
    const turned = () => (document.visibilityState === "hidden" ? flush() : adopt());
    document.addEventListener("visibilitychange", turned);
    window.addEventListener("pagehide", flush);
    return () => {
      document.removeEventListener("visibilitychange", turned);
      window.removeEventListener("pagehide", flush);
      flush();
    };
  }, [flush, adopt]);

  useHubEvents(({ event, data }) => {
    if (event !== "draft.changed" || !shared) return;
    const news = data as { conversation: string; updated_at: string };
    if (news.conversation !== conversationId || Date.parse(news.updated_at) <= readLocalDraft(place).at) return;
    void fetchDraft(conversationId).then((draft) => {
      const local = readLocalDraft(place);
      const newer = newerDraft(local, draft);
      if (newer === local) return;
      writeLocalDraft(place, newer);
      adopt();
    });
  });

  const keep = useCallback(
    (text: string) => {
      if (text === shown.current) return;
      shown.current = text;
      // After all that is known, also by a clock that is slow.
      writeLocalDraft(place, { text, at: Math.max(Date.now(), readLocalDraft(place).at + 1) });
      // What was sent is gone at once, on all devices.
      later(text === "" ? 0 : REST_MS);
    },
    [place, later],
  );
  /** Puts a text into the field. */
  const put = useCallback(
    (text: string) => {
      keep(text);
      setTurn((n) => n + 1);
    },
    [keep],
  );
  return { text: awake ? readLocalDraft(place).text : "", keep, put, key: `${place} ${turn}` };
}

/** Brings what the browser keeps to the server, one call after the other, so that none overtakes the next. */
function useSaving(place: string, conversationId: string, shared: boolean) {
  const timer = useRef<ReturnType<typeof setTimeout>>();
  const waits = useRef(false);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const flush = useCallback(() => {
    clearTimeout(timer.current);
    if (!waits.current) return;
    waits.current = false;
    const draft = readLocalDraft(place);
    line.current = line.current.then(async () => {
      if (!(await postDraft(conversationId, draft))) waits.current = true;
    });
  }, [place, conversationId]);
  const later = useCallback(
    (ms: number) => {
      if (!shared) return;
      waits.current = true;
      clearTimeout(timer.current);
      if (ms === 0) flush();
      else timer.current = setTimeout(flush, ms);
    },
    [shared, flush],
  );
  return { later, flush };
}
