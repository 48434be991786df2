import { Graph, layout } from "@dagrejs/dagre";
import type { Draft, DraftNode } from "../../../editing/draft";
import { draftExits } from "./draft-exits";
import { type Edit, move, type Point } from "./edits";

export type Size = { width: number; height: number };
export const NODE_WIDTH = 272;
const [HEAD, LINE, EXIT, MARGIN] = [46, 18, 32, 20];

/** About how large a node is drawn: enough for putting them where none covers another. */
export function sizeOfNode(node: DraftNode): Size {
  const exits = draftExits(node)?.length ?? 1;
  return { width: NODE_WIDTH, height: HEAD + 3 * LINE + MARGIN + exits * EXIT };
}

/** Puts every node where the flow reads from left to right; sticky notes stay where they are. */
export const arrangeAll: Edit = (draft) => {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 36, ranksep: 96, marginx: 0, marginy: 0 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of draft.nodes) graph.setNode(node.id, sizeOfNode(node));
  for (const { from, to } of inDrawnOrder(draft)) graph.setEdge(from, to);
  layout(graph);
  const places = draft.nodes.map(({ id }): [string, Point] => {
    const { x, y, width, height } = graph.node(id) as Point & Size;
    return [id, { x: x - width / 2, y: y - height / 2 }];
  });
  return move(new Map(places))(draft);
};

/** Edges in the order of their exits, so that lines cross as little as they can. */
function inDrawnOrder(draft: Draft) {
  const order = new Map(
    draft.nodes.flatMap((node) => (draftExits(node) ?? []).map((exit, i) => [`${node.id} ${exit.id}`, i] as const)),
  );
  return draft.edges.toSorted(
    (a, b) => (order.get(`${a.from} ${a.exit}`) ?? 0) - (order.get(`${b.from} ${b.exit}`) ?? 0),
  );
}

export const ALIGNMENTS = ["left", "middle", "top", "spread"] as const;
export type Alignment = (typeof ALIGNMENTS)[number];

/** Puts chosen nodes in line: by their left sides, their middles, their tops, or one below the other at equal distance. */
export const align =
  (ids: ReadonlySet<string>, how: Alignment): Edit =>
  (draft) => {
    const chosen = draft.nodes.filter(({ id }) => ids.has(id));
    if (chosen.length < 2) return draft;
    const boxes = chosen.map((node) => ({ node, ...node.position, ...sizeOfNode(node) }));
    const left = Math.min(...boxes.map(({ x }) => x));
    const top = Math.min(...boxes.map(({ y }) => y));
    const middle = boxes.reduce((sum, { y, height }) => sum + y + height / 2, 0) / boxes.length;
    let below = top;
    const places = boxes
      .toSorted((a, b) => a.y - b.y)
      .map(({ node, x, y, height }): [string, Point] => {
        if (how === "left") return [node.id, { x: left, y }];
        if (how === "top") return [node.id, { x, y: top }];
        if (how === "middle") return [node.id, { x, y: middle - height / 2 }];
        const at = below;
        below += height + 24;
        return [node.id, { x, y: at }];
      });
    return move(new Map(places))(draft);
  };

/** A free place near a point: lower down while a node stands there. */
export function freePlace(draft: Draft, near: Point): Point {
  let { x, y } = near;
  const covers = ({ position, ...node }: DraftNode) => {
    const { width, height } = sizeOfNode({ position, ...node });
    return Math.abs(position.x - x) < width && y < position.y + height && position.y < y + 160;
  };
  for (let tries = 0; tries < MOST_TRIES && draft.nodes.some(covers); tries++) y += 40;
  return { x, y };
}
const MOST_TRIES = 200;
