import { definitionOf, type Flow, type FlowNode } from "../flow";
import type { FlowGraph, LintContext } from "./rule";

/** Everything that can be come to from some nodes, those included. */
export function reachableFrom(starts: Iterable<string>, after: (id: string) => readonly string[]): Set<string> {
  const reached = new Set<string>();
  const open = [...starts];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    if (reached.has(id)) continue;
    reached.add(id);
    open.push(...after(id));
  }
  return reached;
}

/** The nodes to which a node may go without an edge. */
export function nodesNamedBy(node: FlowNode): string[] {
  const named: string[] = [];
  definitionOf(node).mapNodes?.(node.settings, (id) => {
    named.push(id);
    return id;
  });
  return named;
}

export function flowGraph(flow: Flow, context: LintContext): FlowGraph {
  const nodes = new Map(flow.nodes.map((node) => [node.id, node]));
  const next = new Map<string, string[]>();
  const exits = new Set<string>();
  for (const { from, exit, to } of flow.edges) {
    next.set(from, [...(next.get(from) ?? []), to]);
    exits.add(`${from} ${exit}`);
  }
  for (const node of flow.nodes) {
    const named = nodesNamedBy(node).filter((id) => nodes.has(id));
    if (named.length > 0) next.set(node.id, [...(next.get(node.id) ?? []), ...named]);
  }
  const after = (id: string) => next.get(id) ?? [];
  const detours = flow.commands.flatMap(({ action }) => (action.kind === "goto" ? [action.node] : []));
  return {
    flow,
    context,
    node: (id) => nodes.get(id),
    after,
    leads: (from, exit) => exits.has(`${from} ${exit}`),
    reachable: reachableFrom([flow.start, ...detours], after),
  };
}
