import type { Draft, DraftNode } from "../../../editing/draft";
import { type DrawnExit, draftExits } from "./draft-exits";

/** A node in the outline, under the exit that leads to it. */
export type OutlineEntry = {
  node: DraftNode;
  exits: { exit: DrawnExit; to: DraftNode | null; entry: OutlineEntry | null }[];
};

/**
 * The flow as a nested list: each node once, where it is reached first; elsewhere it is only named. What nothing leads to
 * comes after, each at the top.
 */
export function outlineOf(draft: Draft): OutlineEntry[] {
  const nodes = new Map(draft.nodes.map((node) => [node.id, node]));
  const targets = new Map(draft.edges.map(({ from, exit, to }) => [`${from} ${exit}`, to]));
  const shown = new Set<string>();
  // By breadth, so that a node stands under the nearest of those that lead to it, and depth stays small.
  function grow(root: DraftNode): OutlineEntry {
    shown.add(root.id);
    const top: OutlineEntry = { node: root, exits: [] };
    const waiting = [top];
    for (let entry = waiting.shift(); entry; entry = waiting.shift()) {
      for (const exit of draftExits(entry.node) ?? []) {
        const to = nodes.get(targets.get(`${entry.node.id} ${exit.id}`) ?? "") ?? null;
        const isNew = to !== null && !shown.has(to.id);
        const below = isNew ? { node: to, exits: [] } : null;
        if (below) {
          shown.add(below.node.id);
          waiting.push(below);
        }
        entry.exits.push({ exit, to, entry: below });
      }
    }
    return top;
  }
  const start = nodes.get(draft.start);
  const led = new Set(draft.edges.map(({ to }) => to));
  const roots = [...(start ? [start] : []), ...draft.nodes.filter(({ id }) => !led.has(id)), ...draft.nodes];
  return roots.flatMap((node) => (shown.has(node.id) ? [] : [grow(node)]));
}

/** A node of a chain, and by which of its exits the next one follows; null for the last. */
export type OutlineLink = { entry: OutlineEntry; goesOn: string | null };

/** The nodes that follow one another by the only way that is meant: what has a choice of ways ends the chain. */
export function chainOf(first: OutlineEntry): OutlineLink[] {
  const links: OutlineLink[] = [];
  let entry: OutlineEntry | null = first;
  while (entry) {
    const ways: OutlineEntry["exits"] = entry.exits.filter(({ exit }) => !exit.fallback);
    const only = ways.length === 1 && ways[0]?.entry ? ways[0] : null;
    links.push({ entry, goesOn: only?.exit.id ?? null });
    entry = only?.entry ?? null;
  }
  return links;
}
