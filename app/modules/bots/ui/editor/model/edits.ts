import type { Draft, DraftEdge, DraftNode, DraftNote, Settings } from "../../../editing/draft";
import { draftExits } from "./draft-exits";

/** Every change of a draft: pure, and the same draft where nothing changes. */
export type Edit = (draft: Draft) => Draft;
export type Point = { x: number; y: number };

export const MOST_NODES = 500;
const FURTHEST = 1_000_000;

/** Whole numbers within what is stored: a canvas knows no half pixels. */
const kept = ({ x, y }: Point): Point => ({
  x: Math.max(-FURTHEST, Math.min(FURTHEST, Math.round(x))),
  y: Math.max(-FURTHEST, Math.min(FURTHEST, Math.round(y))),
});

const onNode =
  (id: string, change: (node: DraftNode) => DraftNode): Edit =>
  (draft) => {
    const nodes = draft.nodes.map((node) => (node.id === id ? change(node) : node));
    return nodes.every((node, i) => node === draft.nodes[i]) ? draft : { ...draft, nodes };
  };

/** Adds a node and, where it is told from which exit, leads that exit to it. */
export const addNode =
  (node: DraftNode, after?: { from: string; exit: string }): Edit =>
  (draft) => {
    if (draft.nodes.length >= MOST_NODES || draft.nodes.some(({ id }) => id === node.id)) return draft;
    const added = { ...draft, nodes: [...draft.nodes, { ...node, position: kept(node.position) }] };
    return after ? connect({ ...after, to: node.id })(added) : added;
  };

/** Leads an exit to a node; what it led to before is let go. */
export const connect =
  (edge: DraftEdge): Edit =>
  (draft) => {
    const known = new Set(draft.nodes.map(({ id }) => id));
    if (!known.has(edge.from) || !known.has(edge.to) || edge.to === draft.start) return draft;
    const others = draft.edges.filter(({ from, exit }) => from !== edge.from || exit !== edge.exit);
    const same = draft.edges.some(({ from, exit, to }) => from === edge.from && exit === edge.exit && to === edge.to);
    return same ? draft : { ...draft, edges: [...others, edge] };
  };

export const disconnect =
  (ways: readonly { from: string; exit: string }[]): Edit =>
  (draft) => {
    const gone = new Set(ways.map(({ from, exit }) => `${from} ${exit}`));
    const edges = draft.edges.filter(({ from, exit }) => !gone.has(`${from} ${exit}`));
    return edges.length === draft.edges.length ? draft : { ...draft, edges };
  };

/** Puts nodes and sticky notes somewhere else. */
export const move =
  (places: ReadonlyMap<string, Point>): Edit =>
  (draft) => {
    const moved = <Thing extends DraftNode | DraftNote>(thing: Thing): Thing => {
      const to = places.get(thing.id);
      if (!to) return thing;
      const position = kept(to);
      return position.x === thing.position.x && position.y === thing.position.y ? thing : { ...thing, position };
    };
    const [nodes, notes] = [draft.nodes.map(moved), draft.notes.map(moved)];
    const same = nodes.every((node, i) => node === draft.nodes[i]) && notes.every((note, i) => note === draft.notes[i]);
    return same ? draft : { ...draft, nodes, notes };
  };

/** Gives a node other settings; edges of exits that it no longer has go with them. */
export const changeSettings =
  (id: string, settings: Settings): Edit =>
  (draft) => {
    const changed = onNode(id, (node) => ({ ...node, settings }))(draft);
    const node = changed.nodes.find((one) => one.id === id);
    const exits = node && draftExits(node);
    if (!exits) return changed;
    const known = new Set(exits.map((exit) => exit.id));
    const edges = changed.edges.filter(({ from, exit }) => from !== id || known.has(exit));
    return edges.length === changed.edges.length ? changed : { ...changed, edges };
  };

export const renameNode = (id: string, title: string): Edit =>
  onNode(id, (node) => (node.title === title ? node : { ...node, title: title.slice(0, 100) }));

/** Takes away nodes with their edges, and sticky notes; the start stays. */
export const remove =
  (ids: ReadonlySet<string>): Edit =>
  (draft) => {
    const goes = (id: string) => ids.has(id) && id !== draft.start;
    const nodes = draft.nodes.filter(({ id }) => !goes(id));
    const notes = draft.notes.filter(({ id }) => !goes(id));
    if (nodes.length === draft.nodes.length && notes.length === draft.notes.length) return draft;
    const edges = draft.edges.filter(({ from, to }) => !goes(from) && !goes(to));
    return { ...draft, nodes, notes, edges };
  };

export const addNote =
  (note: DraftNote): Edit =>
  (draft) =>
    draft.notes.length >= 200
      ? draft
      : { ...draft, notes: [...draft.notes, { ...note, position: kept(note.position) }] };

export const changeNote =
  (id: string, change: Partial<Pick<DraftNote, "text" | "color">>): Edit =>
  (draft) => ({ ...draft, notes: draft.notes.map((note) => (note.id === id ? { ...note, ...change } : note)) });

export const changeCommands =
  (commands: Draft["commands"]): Edit =>
  (draft) => ({ ...draft, commands });

export const changeFlowSettings =
  (settings: Draft["settings"]): Edit =>
  (draft) => ({ ...draft, settings });

export const renameFlow =
  (name: string): Edit =>
  (draft) => {
    const called = name.trim().slice(0, 100);
    return called === "" || called === draft.name ? draft : { ...draft, name: called };
  };
