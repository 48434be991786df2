import { useEffect, useMemo, useState, useSyncExternalStore } from "react";
import { askServer, Refusal } from "~/platform/ask-server";
import { keep, recall } from "~/platform/kept/kept-store";
import type { OpenDraft } from "../../../drafts/open-draft.server";
import type { Draft } from "../../../editing/draft";
import { readable } from "../model/arrange";
import { isSameJson } from "../model/same-json";
import { type Answer, DraftKeeper, type Theirs } from "./draft-keeper";
import { EditorStore } from "./editor-store";

type Unsaved = { draft: Draft; revision: number };

const placeOf = (accountId: string, flowId: string) =>
  ({ owner: accountId, kind: "page", name: `unsaved flow ${flowId}` }) as const;

async function send(flowId: string, draft: Draft, revision: number, keepalive: boolean): Promise<Answer> {
  try {
    const saved = await askServer<{ revision: number }>(`/bots/${flowId}/draft`, { revision, draft }, { keepalive });
    return { ok: true, revision: saved.revision };
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal("unexpected", 0);
    if (refusal.status === 409) return { ok: false, because: "conflict", theirs: refusal.data as Theirs };
    const mayCome = refusal.status === 0 || refusal.status >= 500 || refusal.status === 429 || refusal.status === 401;
    return { ok: false, because: mayCome ? "unreachable" : "refused" };
  }
}

const KEEP_AFTER_MS = 300;

const later = (milliseconds: number, work: () => void) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};

/** An editor's store with what saves it: what another visit left unsaved in this browser is taken up again. */
export function useSavedDraft(loaded: OpenDraft, accountId: string, onRecovered: () => void) {
  const [editor] = useState(() => {
    const place = placeOf(accountId, loaded.id);
    const draft = readable(loaded.draft);
    const store = new EditorStore(draft, loaded.things.lint);
    const keepHere = (now: Draft | null, revision: number) => {
      const unsaved: Unsaved | null = now && { draft: now, revision };
      void keep({ ...place, at: Date.now(), size: unsaved ? JSON.stringify(unsaved).length : 0 }, unsaved);
    };
    let stopKeeping = () => {};
    const keeper = new DraftKeeper(
      { draft, revision: loaded.revision },
      {
        send: (now, revision) => send(loaded.id, now, revision, document.visibilityState === "hidden"),
        keep: (now, revision) => {
          // While somebody drags, nothing is written at every move.
          stopKeeping();
          if (now) stopKeeping = later(KEEP_AFTER_MS, () => keepHere(now, revision));
          else keepHere(null, revision);
        },
        after: later,
      },
    );
    return { store, keeper, place };
  });
  const { store, keeper, place } = editor;
  useEffect(() => {
    let here = true;
    const stop = store.subscribe(() => keeper.changed(store.draft));
    void recall<Unsaved | null>(place).then((kept) => {
      if (!here || !kept?.data || isSameJson(kept.data.draft, store.draft)) return;
      keeper.revision = kept.data.revision;
      store.replace(kept.data.draft);
      // At once: the page before may have saved it while it went, and what is drawn from now on stands upon that.
      void keeper.flush();
      onRecovered();
    });
    const leave = () => void keeper.flush();
    window.addEventListener("online", leave);
    document.addEventListener("visibilitychange", leave);
    return () => {
      here = false;
      stop();
      window.removeEventListener("online", leave);
      document.removeEventListener("visibilitychange", leave);
      void keeper.flush();
    };
  }, [store, keeper, place, onRecovered]);
  const saving = useSyncExternalStore(keeper.subscribe, keeper.read, keeper.read);
  return useMemo(() => ({ store, keeper, saving }), [store, keeper, saving]);
}
