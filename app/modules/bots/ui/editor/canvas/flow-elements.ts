import type { Edge, Node } from "@xyflow/react";
import type { Draft, DraftNode, DraftNote } from "../../../editing/draft";
import type { Size } from "../model/arrange";

export type CardNode = Node<{ node: DraftNode; isStart: boolean }, "card">;
export type StickyNode = Node<{ note: DraftNote }, "sticky">;
export type CanvasNode = CardNode | StickyNode;

/**
 * The draft as the canvas takes it. What did not change keeps its object, so that of 300 nodes only the dragged ones are
 * drawn anew.
 */
export function flowElements() {
  const made = new Map<string, { of: DraftNode | DraftNote; selected: boolean; size?: Size; element: CanvasNode }>();
  let edgesOf: { of: Draft["edges"]; selected: ReadonlySet<string>; edges: Edge[] } | null = null;
  const nodeOf = (thing: DraftNode | DraftNote, selected: boolean, size: Size | undefined, isStart: boolean) => {
    const known = made.get(thing.id);
    if (known && known.of === thing && known.selected === selected && known.size === size) return known.element;
    const common = { id: thing.id, position: thing.position, selected, measured: size };
    const element: CanvasNode =
      "kind" in thing
        ? { ...common, type: "card", data: { node: thing, isStart }, deletable: !isStart }
        : { ...common, type: "sticky", data: { note: thing }, zIndex: -1 };
    made.set(thing.id, { of: thing, selected, size, element });
    return element;
  };
  return {
    nodes: (draft: Draft, selected: ReadonlySet<string>, sizes: ReadonlyMap<string, Size>): CanvasNode[] =>
      [...draft.notes, ...draft.nodes].map((thing) =>
        nodeOf(thing, selected.has(thing.id), sizes.get(thing.id), thing.id === draft.start),
      ),
    edges: (draft: Draft, selected: ReadonlySet<string>): Edge[] => {
      if (edgesOf?.of === draft.edges && edgesOf.selected === selected) return edgesOf.edges;
      const edges = draft.edges.map(({ from, exit, to }): Edge => {
        const id = edgeId(from, exit);
        return { id, source: from, sourceHandle: exit, target: to, selected: selected.has(id), interactionWidth: 24 };
      });
      edgesOf = { of: draft.edges, selected, edges };
      return edges;
    },
  };
}

export const edgeId = (from: string, exit: string) => `${from} ${exit}`;

/** Of which exit an edge is. */
export function exitOfEdge(id: string): { from: string; exit: string } {
  const at = id.indexOf(" ");
  return { from: id.slice(0, at), exit: id.slice(at + 1) };
}
