import { type Draft, type DraftNode, lenientNode } from "../../../editing/draft";
import { exitWordsOf } from "../../../editing/node-words";
import { exitsOf } from "../../../flow";
import type { Exit } from "../../../nodes/define-node";

/** A way out of a node as it is drawn. `label` is the author's word for it; null for one that the interface names. */
export type DrawnExit = Exit & { label: string | null };

const drawn = new WeakMap<DraftNode, readonly DrawnExit[] | null>();

/** The ways out of a node, complete or not; null where its settings are too broken to tell. */
export function draftExits(node: DraftNode): readonly DrawnExit[] | null {
  const known = drawn.get(node);
  if (known !== undefined) return known;
  let exits: readonly DrawnExit[] | null = null;
  try {
    exits = exitsOf(lenientNode(node)).map((exit) => ({ ...exit, label: exitWordsOf(node.settings, exit.id) }));
  } catch {
    // Settings of a wrong form, as an import may bring them.
  }
  drawn.set(node, exits);
  return exits;
}

const led = new WeakMap<Draft["edges"], ReadonlySet<string>>();

/** Whether an exit leads somewhere; of all exits it is asked at every change. */
export function leadsOn(edges: Draft["edges"], from: string, exit: string): boolean {
  let known = led.get(edges);
  if (!known) {
    known = new Set(edges.map((edge) => `${edge.from} ${edge.exit}`));
    led.set(edges, known);
  }
  return known.has(`${from} ${exit}`);
}
