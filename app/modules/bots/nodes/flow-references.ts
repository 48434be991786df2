import { definitionOf, type Flow, type FlowNode } from "../flow";
import type { Reference } from "./define-node";

/** Something outside the flow that it names, and the nodes that do; no node for the flow's settings and commands. */
export type FoundReference = Reference & { nodes: string[] };

type Replace = (reference: Reference, node: string | null) => string;

function inNode(node: FlowNode, replace: Replace): FlowNode {
  const definition = definitionOf(node);
  if (!definition.mapReferences) return node;
  const settings = definition.mapReferences(node.settings, (reference) => replace(reference, node.id));
  // Settings stay of the node's own kind: its own definition has just made them.
  return { ...node, settings } as FlowNode;
}

/** The flow with every area and member that it names replaced: what an import does with the names of another organisation. */
export function mapReferences(flow: Flow, replace: Replace): Flow {
  const area = (value: string | null) => (value === null ? null : replace({ kind: "area", value }, null));
  return {
    ...flow,
    nodes: flow.nodes.map((node) => inNode(node, replace)),
    commands: flow.commands.map((command) =>
      command.action.kind === "handoff"
        ? { ...command, action: { ...command.action, area: area(command.action.area) } }
        : command,
    ),
    settings: { ...flow.settings, handoff: { ...flow.settings.handoff, area: area(flow.settings.handoff.area) } },
  };
}

/** Everything outside itself that a flow names, each once. */
export function listReferences(flow: Flow): FoundReference[] {
  const found = new Map<string, FoundReference>();
  mapReferences(flow, (reference, node) => {
    const key = `${reference.kind} ${reference.value}`;
    const entry = found.get(key) ?? { ...reference, nodes: [] };
    if (node !== null) entry.nodes.push(node);
    found.set(key, entry);
    return reference.value;
  });
  return [...found.values()];
}
