import { type Draft, type DraftNode, draftSchema } from "../../../editing/draft";
import type { Edit, Point } from "./edits";
import { MOST_NODES } from "./edits";
import { freshId } from "./fresh-id";

/** What a copy is known by, in whatever clipboard it was. */
const MARK = "guazuapp/flow-part";

export type Clip = Pick<Draft, "nodes" | "edges" | "notes"> & {
  /** The organisation that it was copied in: only there its areas and members mean something. */
  orgId: string;
};

/** Chosen nodes and notes with the edges between them; a flow's start is never copied. */
export function copyOf(draft: Draft, ids: ReadonlySet<string>, orgId: string): Clip | null {
  const nodes = draft.nodes.filter(({ id }) => ids.has(id) && id !== draft.start);
  const notes = draft.notes.filter(({ id }) => ids.has(id));
  if (nodes.length + notes.length === 0) return null;
  const chosen = new Set(nodes.map(({ id }) => id));
  const edges = draft.edges.filter(({ from, to }) => chosen.has(from) && chosen.has(to));
  return { nodes, notes, edges, orgId };
}

export const writeClip = (clip: Clip): string => JSON.stringify({ [MARK]: 1, ...clip });

/** Reads what may be a copy; null for any other text. */
export function readClip(text: string): Clip | null {
  if (!text.includes(MARK)) return null;
  try {
    const { [MARK]: mark, orgId, ...parts } = JSON.parse(text) as Record<string, unknown>;
    if (mark !== 1 || typeof orgId !== "string") return null;
    // A draft must have a start: one that is taken out again once the rest is known to be sound.
    const start: DraftNode = { id: "start-of-copy", kind: "start", title: "", position: { x: 0, y: 0 }, settings: {} };
    const nodes = Array.isArray(parts.nodes) ? [start, ...(parts.nodes as unknown[])] : null;
    const read = draftSchema.safeParse({ schema: 1, name: MARK, start: start.id, ...parts, nodes });
    if (!read.success) return null;
    return { nodes: read.data.nodes.slice(1), edges: read.data.edges, notes: read.data.notes, orgId };
  } catch {
    return null;
  }
}

/** The new ids of a copy's nodes and notes in a draft. */
export function freshIds(draft: Draft, clip: Clip): Map<string, string> {
  const taken = new Set([...draft.nodes, ...draft.notes].map(({ id }) => id));
  const ids = new Map<string, string>();
  for (const { id, base } of [
    ...clip.nodes.map((node) => ({ id: node.id, base: node.kind })),
    ...clip.notes.map((note) => ({ id: note.id, base: "note" })),
  ]) {
    const fresh = freshId(base, taken);
    taken.add(fresh);
    ids.set(id, fresh);
  }
  return ids;
}

/** The upper left corner of what is copied. */
const cornerOf = ({ nodes, notes }: Clip): Point => {
  const places = [...nodes, ...notes].map(({ position }) => position);
  return { x: Math.min(...places.map(({ x }) => x)), y: Math.min(...places.map(({ y }) => y)) };
};

/** Names of nodes inside settings, such as where a jump leads, follow the new ids. */
function renamed(value: unknown, ids: ReadonlyMap<string, string>, key = ""): unknown {
  if (typeof value === "string") return key === "node" ? (ids.get(value) ?? value) : value;
  if (Array.isArray(value)) return value.map((entry) => renamed(entry, ids, key));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, renamed(entry, ids, name)]));
}

/** Puts a copy in, its corner at a point; all of it or, where there is no room, nothing. */
export const paste =
  (clip: Clip, ids: ReadonlyMap<string, string>, at: Point): Edit =>
  (draft) => {
    if (draft.nodes.length + clip.nodes.length > MOST_NODES) return draft;
    const corner = cornerOf(clip);
    const placed = <Thing extends { id: string; position: Point }>(thing: Thing): Thing => ({
      ...thing,
      id: ids.get(thing.id) ?? thing.id,
      position: {
        x: Math.round(at.x + thing.position.x - corner.x),
        y: Math.round(at.y + thing.position.y - corner.y),
      },
    });
    const nodes = clip.nodes.map((node) => ({
      ...placed(node),
      settings: renamed(node.settings, ids) as DraftNode["settings"],
    }));
    const edges = clip.edges.map(({ from, exit, to }) => ({
      from: ids.get(from) ?? from,
      exit,
      to: ids.get(to) ?? to,
    }));
    return {
      ...draft,
      nodes: [...draft.nodes, ...nodes],
      notes: [...draft.notes, ...clip.notes.map(placed)],
      edges: [...draft.edges, ...edges],
    };
  };
