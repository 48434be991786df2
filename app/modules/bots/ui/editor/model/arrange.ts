import { Graph, layout } from "@dagrejs/dagre";
import type { Draft, DraftNode } from "../../../editing/draft";
import { spannedLines } from "./columns";
import { draftExits } from "./draft-exits";
import { type Edit, move, type Point } from "./edits";

export type Size = { width: number; height: number };
export const NODE_WIDTH = 272;
const NODE_GAP = 36;
const [HEAD, LINE, EXIT, MARGIN] = [46, 18, 32, 20];

/** About how large a node is drawn: enough for putting them where none covers another. */
export function sizeOfNode(node: DraftNode): Size {
  const exits = draftExits(node)?.length ?? 1;
  return { width: NODE_WIDTH, height: HEAD + 3 * LINE + MARGIN + exits * EXIT };
}

/** Lines over more columns than this make no room for themselves: the layout would take seconds for a flow that returns often. */
const LONGEST_SPAN = 2;

/** Puts every node where the flow reads from left to right; sticky notes stay where they are. */
export const arrangeAll: Edit = (draft) => {
  const graph = new Graph();
  graph.setGraph({ rankdir: "LR", nodesep: NODE_GAP, ranksep: 96, marginx: 0, marginy: 0, ranker: "tight-tree" });
  for (const node of draft.nodes) graph.setNode(node.id, sizeOfNode(node));
  for (const { from, to, span } of spannedLines(draft, inDrawnOrder(draft)))
    if (span <= LONGEST_SPAN) graph.setEdge(from, to, { minlen: span });
  layout(graph);
  const boxes = draft.nodes.map(({ id }): Box => {
    const { x, y, width, height } = graph.node(id) as Point & Size;
    return { id, x: x - width / 2, y: y - height / 2, height };
  });
  return move(new Map(inExitOrder(draft, boxes).map(({ id, x, y }) => [id, { x, y }])))(draft);
};

type Box = Point & { id: string; height: number };

/**
 * The same columns, each with its nodes in the order of the exits that lead to them: the first option's answer stands
 * above the second's. The places stay those that the layout found, which left room for lines that pass.
 */
function inExitOrder(draft: Draft, boxes: readonly Box[]): Box[] {
  const placed = new Map<string, Box>();
  const order = exitOrder(draft);
  const wished = ({ id, y }: Box): number => {
    const from = draft.edges.flatMap((edge) => {
      const source = edge.to === id ? placed.get(edge.from) : undefined;
      return source ? [source.y + HEAD + (order.get(`${edge.from} ${edge.exit}`) ?? 0) * EXIT] : [];
    });
    return from.length === 0 ? y : Math.min(...from);
  };
  for (const x of [...new Set(boxes.map((box) => box.x))].toSorted((a, b) => a - b)) {
    const column = boxes.filter((box) => box.x === x);
    const slots = column.map(({ y }) => y).toSorted((a, b) => a - b);
    let free = Number.NEGATIVE_INFINITY;
    for (const [at, { box }] of column
      .map((box) => ({ box, wish: wished(box) }))
      .toSorted((a, b) => a.wish - b.wish)
      .entries()) {
      const y = Math.max(slots[at] ?? 0, free);
      free = y + box.height + NODE_GAP;
      placed.set(box.id, { ...box, y });
    }
  }
  return [...placed.values()];
}

/** The place of each exit among those of its node. */
const exitOrder = (draft: Draft): Map<string, number> =>
  new Map(draft.nodes.flatMap((node) => (draftExits(node) ?? []).map((exit, i) => [`${node.id} ${exit.id}`, i])));

/** Edges in the order of their exits, so that lines cross as little as they can. */
function inDrawnOrder(draft: Draft) {
  const order = exitOrder(draft);
  return draft.edges.toSorted(
    (a, b) => (order.get(`${a.from} ${a.exit}`) ?? 0) - (order.get(`${b.from} ${b.exit}`) ?? 0),
  );
}

/** How near two nodes' corners may be: any nearer, and one covers the other's name. */
const [NEAR_X, NEAR_Y] = [NODE_WIDTH - 12, 70];

/**
 * The draft as it can be read: laid out where nodes cover one another's names, as files made by hand or by a program have
 * them. A drawing that people arranged stays as it is.
 */
export function readable(draft: Draft): Draft {
  const places = draft.nodes.map(({ position }) => position).toSorted((a, b) => a.x - b.x);
  const covered = places.some((a, i) => {
    for (const b of places.slice(i + 1)) {
      if (b.x - a.x >= NEAR_X) return false;
      if (Math.abs(b.y - a.y) < NEAR_Y) return true;
    }
    return false;
  });
  return covered ? arrangeAll(draft) : draft;
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
