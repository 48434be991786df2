import { defaultLanguage, toLanguage } from "~/i18n/languages";
import { completeValue, isRecord, settingsSchemaOf } from "../../../editing/complete-settings";
import type { Draft, DraftNode, Settings } from "../../../editing/draft";
import { type NodeKind, nodeKinds } from "../../../nodes/kinds";
import { botTexts } from "../../../wording/bot-texts";
import { freePlace, NODE_WIDTH } from "../model/arrange";
import { type Clip, copyOf, freshIds, paste, readClip, writeClip } from "../model/clipboard";
import { draftExits, leadsOn } from "../model/draft-exits";
import { addNode, addNote, disconnect, type Point, remove } from "../model/edits";
import { freshId } from "../model/fresh-id";
import type { EditorStore } from "./editor-store";

/** The kinds that can be added: a flow has its start already. */
export const ADDABLE = (Object.keys(nodeKinds) as NodeKind[]).filter((kind) => kind !== "start");

/** What a new node of a kind holds, in the flow's language. */
export function freshSettings(kind: NodeKind, draft: Draft): Settings {
  const language = toLanguage(String(draft.settings.language ?? "")) ?? defaultLanguage;
  const schema = settingsSchemaOf(kind);
  const initial = nodeKinds[kind].initial(botTexts(language));
  // Plain JSON: it is stored as such.
  const settings: unknown = JSON.parse(JSON.stringify(completeValue(schema, initial, schema)));
  return isRecord(settings) ? (settings as Settings) : {};
}

const takenIn = (draft: Draft) => new Set([...draft.nodes, ...draft.notes].map(({ id }) => id));
const GAP = 96;

/** Where a node belongs that follows another. */
export function placeAfter(draft: Draft, from: string): Point {
  const node = draft.nodes.find(({ id }) => id === from);
  const { x, y } = node?.position ?? { x: 0, y: 0 };
  return freePlace(draft, { x: x + NODE_WIDTH + GAP, y });
}

/** The exit that a new node follows where nobody said another: the first of the one chosen node that leads nowhere yet. */
function freeExit(store: EditorStore): { from: string; exit: string } | undefined {
  const { draft } = store;
  const [only, ...others] = store.get().selected;
  const node = others.length === 0 ? draft.nodes.find(({ id }) => id === only) : undefined;
  const exit = node && draftExits(node)?.find(({ id, fallback }) => !fallback && !leadsOn(draft.edges, node.id, id));
  return exit && { from: node.id, exit: exit.id };
}

/** Adds a node of a kind, behind an exit if one is named, and opens its settings. @returns its id */
export function addKind(
  store: EditorStore,
  kind: NodeKind,
  where: { at?: Point; after?: { from: string; exit: string } },
): string {
  const { draft } = store;
  const after = where.after ?? (where.at ? undefined : freeExit(store));
  const id = freshId(kind, takenIn(draft));
  const last = draft.nodes.at(-1)?.id ?? draft.start;
  const position = where.at ?? placeAfter(draft, after?.from ?? last);
  const node: DraftNode = { id, kind, title: "", position, settings: freshSettings(kind, draft) };
  store.edit(addNode(node, after));
  store.openNode(id);
  return id;
}

export function addSticky(store: EditorStore, at: Point): void {
  const id = freshId("note", takenIn(store.draft));
  store.edit(addNote({ id, text: "", position: at, color: "" }));
  store.select([id]);
}

/** The copy of what is selected as text for the clipboard; null for nothing. */
export function copySelected(store: EditorStore, orgId: string): string | null {
  const clip = copyOf(store.draft, store.get().selected, orgId);
  return clip && writeClip(clip);
}

function putIn(store: EditorStore, clip: Clip, at: Point): void {
  const ids = freshIds(store.draft, clip);
  store.edit(paste(clip, ids, at));
  store.select(ids.values());
}

/** Puts in what a clipboard's text holds. @returns false for any other text */
export function pasteText(store: EditorStore, text: string, at: Point): boolean {
  const clip = readClip(text);
  if (clip) putIn(store, clip, at);
  return clip !== null;
}

/** Copies what is selected a little beside itself. */
export function duplicateSelected(store: EditorStore, orgId: string): void {
  const clip = copyOf(store.draft, store.get().selected, orgId);
  const [first] = clip ? [...clip.nodes, ...clip.notes] : [];
  if (!clip || !first) return;
  const places = [...clip.nodes, ...clip.notes].map(({ position }) => position);
  putIn(store, clip, {
    x: Math.min(...places.map(({ x }) => x)) + 40,
    y: Math.max(...places.map(({ y }) => y)) + 200,
  });
}

export function deleteSelected(store: EditorStore): void {
  store.edit(remove(store.get().selected));
}

export const letGo = (store: EditorStore, from: string, exit: string): void => store.edit(disconnect([{ from, exit }]));
