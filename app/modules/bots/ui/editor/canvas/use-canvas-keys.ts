import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "~/i18n/translation";
import { useToasts } from "~/ui/overlay/toasts";
import type { Point } from "../model/edits";
import { disconnect } from "../model/edits";
import { neighbourOf, type Way } from "../model/neighbours";
import { copySelected, deleteSelected, duplicateSelected, pasteText } from "../state/actions";
import { useEditor } from "../state/editor-context";
import { exitOfEdge } from "./flow-elements";

const WAYS: { readonly [key: string]: Way } = {
  ArrowRight: "right",
  ArrowLeft: "left",
  ArrowUp: "up",
  ArrowDown: "down",
};

const isWritten = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, select, [contenteditable], [role=dialog]") !== null;

type CanvasKeys = {
  onAsk(what: "find" | "connect"): void;
  chosenEdges: ReadonlySet<string>;
  /** Where what is pasted comes. */
  at(): Point;
};

/** What keys and the clipboard do on the canvas. Returns what listens to keys of its nodes. */
export function useCanvasKeys(canvas: CanvasKeys): (event: KeyboardEvent) => void {
  useClipboard(canvas.at);
  const { store, orgId } = useEditor();
  const focus = (id: string) => {
    store.show(id);
    document
      .querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
      ?.focus({ preventScroll: true });
  };
  const removeChosen = () => {
    store.edit((draft) => disconnect([...canvas.chosenEdges].map(exitOfEdge))(draft));
    deleteSelected(store);
  };
  return (event) => {
    if (isWritten(event.target)) return;
    const id =
      event.target instanceof HTMLElement
        ? event.target.closest<HTMLElement>(".react-flow__node")?.dataset.id
        : undefined;
    const control = event.ctrlKey || event.metaKey;
    const way = WAYS[event.key];
    const key = event.key.toLowerCase();
    if (id && way && !control && !event.altKey) {
      const next = neighbourOf(store.draft, id, way);
      if (next) focus(next);
    } else if (id && event.key === "Enter") {
      store.openNode(id);
    } else if (id && event.key === " ") {
      const { selected } = store.get();
      store.select(selected.has(id) ? [...selected].filter((one) => one !== id) : [...selected, id]);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      if (id && store.get().selected.size === 0) store.select([id]);
      removeChosen();
    } else if (control && key === "d") {
      duplicateSelected(store, orgId);
    } else if (control && key === "a") {
      store.select([...store.draft.nodes, ...store.draft.notes].map((one) => one.id));
    } else if (id && !control && key === "c") {
      store.select([id]);
      canvas.onAsk("connect");
    } else {
      return;
    }
    event.preventDefault();
  };
}

/** Copy, cut and paste: what is copied travels as text, to another flow or another window too. */
function useClipboard(at: () => Point) {
  const { store, orgId } = useEditor();
  const { t } = useTranslation();
  const toasts = useToasts();
  const where = useRef(at);
  where.current = at;
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      if (isWritten(event.target) || !document.getSelection()?.isCollapsed) return;
      const text = copySelected(store, orgId);
      if (text === null) return;
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
      if (event.type === "cut") deleteSelected(store);
    };
    const paste = (event: ClipboardEvent) => {
      if (isWritten(event.target)) return;
      const text = event.clipboardData?.getData("text/plain") ?? "";
      if (pasteText(store, text, where.current())) event.preventDefault();
      else if (text !== "") toasts.show({ text: t("bots.editor.notOurs") });
    };
    document.addEventListener("copy", copy);
    document.addEventListener("cut", copy);
    document.addEventListener("paste", paste);
    return () => {
      document.removeEventListener("copy", copy);
      document.removeEventListener("cut", copy);
      document.removeEventListener("paste", paste);
    };
  }, [store, orgId, toasts, t]);
}
