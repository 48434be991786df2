import { createContext, useContext, useSyncExternalStore } from "react";
import type { EditorThings } from "../../../drafts/open-draft.server";
import type { EditorState, EditorStore } from "./editor-store";

export type Editor = {
  store: EditorStore;
  things: EditorThings;
  orgId: string;
  flowId: string;
  /** Lets somebody choose where an exit leads. */
  connect(exit: { from: string; exit: string }): void;
};

const Context = createContext<Editor | null>(null);
export const EditorProvider = Context.Provider;

/** @throws Error outside of an editor */
export function useEditor(): Editor {
  const editor = useContext(Context);
  if (!editor) throw new Error("this belongs into an editor");
  return editor;
}

/** A part of the editor's state; drawn anew when that part changes. */
export function useEditorState<Part>(part: (state: EditorState) => Part): Part {
  const { store } = useEditor();
  const read = () => part(store.get());
  return useSyncExternalStore(store.subscribe, read, read);
}

export const useDraft = () => useEditorState((state) => state.history.present);
