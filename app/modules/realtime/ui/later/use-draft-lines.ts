import { useState } from "react";
import { useHubEvents } from "../hub-provider";
import { fetchDraft } from "./draft-calls";
import { draftPlace, readLocalDraft } from "./local-draft";

type Lines = Readonly<Record<string, string>>;

/** The beginnings of an account's drafts by conversation, as they change on this device and others. */
export function useDraftLines(loaded: Lines, accountId: string): Lines {
  const [lines, setLines] = useState(loaded);
  const [source, setSource] = useState(loaded);
  if (source !== loaded) {
    setSource(loaded);
    setLines(loaded);
  }
  const set = (id: string, text: string) => setLines(({ [id]: _, ...rest }) => (text ? { ...rest, [id]: text } : rest));
  useHubEvents(({ event, data }) => {
    if (event !== "draft.changed") return;
    const { conversation, updated_at } = data as { conversation: string; updated_at: string };
    const local = readLocalDraft(draftPlace(accountId, conversation));
    // What this browser wrote it need not ask for.
    if (local.at >= Date.parse(updated_at)) return set(conversation, local.text);
    void fetchDraft(conversation).then((draft) => draft && set(conversation, draft.text));
  });
  return lines;
}
